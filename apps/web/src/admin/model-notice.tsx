import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { useModelRemarks, useModelServers } from './use-model-servers.js';

/** For administrators, above every page: which model server is away, since when, and what people get meanwhile. */
export function ModelNotice() {
  const { t } = useTexts();
  const remarksOf = useModelRemarks();
  const { data } = useModelServers();
  const remarks = data ? remarksOf(data) : [];
  if (remarks.length === 0) return null;
  return (
    <div className="flex items-start gap-2 border-b bg-warn-soft px-4 py-2 text-13 text-warn">
      <TriangleAlert size={15} className="mt-0.5 shrink-0" aria-hidden="true" />
      <p className="min-w-0 flex-1 break-words">
        {remarks.slice(0, SHOWN).join(' ')}{' '}
        <Link to="/admin/overview" hash="model-servers" className="font-medium underline underline-offset-2">
          {t('models.details')}
        </Link>
      </p>
    </div>
  );
}

/** The rest is among the details. */
const SHOWN = 3;
