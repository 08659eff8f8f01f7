import type { DocumentRow } from '@lorekeep/contracts';
import { useMay } from '../app/person.js';
import { Button } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { isolateQuotes } from '../kit/isolate-quotes.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { useKeepAlarm } from '../firewall/keep-case.js';

/** Why a document is held back, for those who may release it: its own words, as text and nothing else. */
export function DocumentFindings({ row }: { row: Pick<DocumentRow, 'id' | 'notes' | 'state'> }) {
  const { t, say } = useTexts();
  const may = useMay();
  const mayKeep = may('admin.rules') && may('documents.write');
  if (row.state !== 'quarantined' || row.notes.length === 0) return null;
  return (
    <section aria-label={t('documents.findings.title')} className="mt-4 text-13">
      <h2 className="font-medium">{t('documents.findings.title')}</h2>
      <p className="text-text-2">{t('documents.findings.note')}</p>
      {mayKeep && <p className="text-text-2">{t('documents.findings.falseAlarm')}</p>}
      <ul className="mt-2 flex flex-col gap-2">
        {row.notes.map((note, at) => (
          <li key={note} className="rounded-md border px-3 py-2">
            <p className="break-words whitespace-pre-wrap">{isolateQuotes(say(note))}</p>
            {mayKeep && <KeepAlarm documentId={row.id} finding={at} note={say(note)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function KeepAlarm({ documentId, finding, note }: { documentId: string; finding: number; note: string }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const keep = useKeepAlarm();
  return (
    <div className="mt-1 flex flex-col items-start gap-1">
      <Button
        tone="quiet"
        busy={keep.isPending}
        disabled={keep.isSuccess}
        aria-label={`${t('firewall.cases.falseAlarm')}${t('common.colon')}${note}`}
        onClick={() => keep.mutate({ documentId, finding })}
      >
        {t('firewall.cases.falseAlarm')}
      </Button>
      {keep.error && <Notice tone="bad">{line(keep.error)}</Notice>}
    </div>
  );
}
