import type { DocumentRow } from '@lorekeep/contracts';
import { Badge } from '../kit/badge.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';

type Noted = Pick<DocumentRow, 'notes' | 'state'>;

/** Quietly, that not all of a document was read; the sentences on hover and for those who cannot see it. */
export function NotesBadge({ row }: { row: Noted }) {
  const { t, say } = useTexts();
  if (row.state !== 'ready' || row.notes.length === 0) return null;
  return (
    <span title={row.notes.map((note) => say(note)).join('\n')}>
      <Badge>{t('documents.notes.badge')}</Badge>
    </span>
  );
}

/** What was left out, sentence by sentence; a long list is folded. */
export function DocumentNotes({ row }: { row: Noted }) {
  const { t, say } = useTexts();
  const [first, ...others] = row.notes;
  if (row.state !== 'ready' || first === undefined) return null;
  return (
    <Notice>
      <p>
        <span className="font-medium">{t('documents.notes.title')}</span> {say(first)}
      </p>
      {others.length > 0 && (
        <details>
          <summary className="w-fit rounded-sm">
            {t('documents.notes.more', { count: others.length })}
          </summary>
          <ul className="scroller mt-1 max-h-40 list-disc pl-4">
            {others.map((note) => (
              <li key={note}>{say(note)}</li>
            ))}
          </ul>
        </details>
      )}
    </Notice>
  );
}
