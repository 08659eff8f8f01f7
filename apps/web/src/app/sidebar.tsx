import { Link } from '@tanstack/react-router';
import { SquarePen } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { Brand } from './brand.js';
import { ConversationList } from './conversation-list.js';
import { useMay } from './person.js';
import { PersonMenu } from './person-menu.js';
import { UsageLeft } from './usage-left.js';

export function Sidebar() {
  const { t } = useTexts();
  const may = useMay()('ask');
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-12 shrink-0 items-center px-4">
        <Link to="/" className="rounded-md">
          <Brand />
        </Link>
      </div>
      {may && (
        <>
          <div className="px-3 pb-2">
            <Link
              to="/ask/{-$conversationId}"
              params={{ conversationId: undefined }}
              className="flex h-9 items-center gap-2 rounded-md border border-line-strong/60 bg-surface-0 px-3 text-13 font-medium hover:bg-surface-2"
            >
              <SquarePen size={15} aria-hidden="true" />
              {t('frame.newQuestion')}
            </Link>
          </div>
          <ConversationList />
        </>
      )}
      <div className="mt-auto flex flex-col gap-1 border-t p-2">
        {may && <UsageLeft />}
        <PersonMenu />
      </div>
    </div>
  );
}
