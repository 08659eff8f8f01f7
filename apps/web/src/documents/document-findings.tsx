import type { DocumentRow } from '@lorekeep/contracts';
import { useTexts } from '../locales/use-texts.js';

/** Why a document is held back, for those who may release it: its own words, as text and nothing else. */
export function DocumentFindings({ row }: { row: Pick<DocumentRow, 'notes' | 'state'> }) {
  const { t, say } = useTexts();
  if (row.state !== 'quarantined' || row.notes.length === 0) return null;
  return (
    <section aria-label={t('documents.findings.title')} className="mt-4 text-13">
      <h2 className="font-medium">{t('documents.findings.title')}</h2>
      <p className="text-text-2">{t('documents.findings.note')}</p>
      <ul className="mt-2 flex flex-col gap-2">
        {row.notes.map((note) => (
          <li key={note} className="rounded-md border px-3 py-2 break-words whitespace-pre-wrap">
            {say(note)}
          </li>
        ))}
      </ul>
    </section>
  );
}
