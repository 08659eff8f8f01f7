import type { DraftRow } from '@lorekeep/contracts';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { checkDraft, type DraftConcern } from './check-draft.js';

/** What is left to settle, in the order in which it stands in the check. */
export const useConcerns = ({ content, marks, withheld }: DraftRow): DraftConcern[] =>
  useMemo(() => checkDraft(content, marks, withheld), [content, marks, withheld]);

/** Whether the reply may leave: placeholders filled, nothing withheld left in it. */
export function DraftCheck({ row }: { row: DraftRow }) {
  const { t } = useTexts();
  const concerns = useConcerns(row);
  return (
    <section aria-labelledby="check-title" className="mt-6 border-t pt-4">
      <h2 id="check-title" className="text-12 font-medium text-text-2">
        {t('drafts.check.title')}
      </h2>
      <ul className="mt-2 flex flex-col gap-1.5 text-13">
        {concerns.map((concern) => (
          <li key={concern.kind + concern.text} className="flex items-start gap-2 text-warn">
            <TriangleAlert size={15} className="mt-0.5 shrink-0" aria-hidden="true" />
            {concern.kind === 'placeholder' || concern.kind === 'unsupported'
              ? t(`drafts.check.${concern.kind}`, { text: concern.text })
              : t(`drafts.check.${concern.kind}`)}
          </li>
        ))}
        {concerns.length === 0 && (
          <li className="flex items-start gap-2 text-good">
            <CircleCheck size={15} className="mt-0.5 shrink-0" aria-hidden="true" />
            {t('drafts.check.fine')}
          </li>
        )}
      </ul>
    </section>
  );
}
