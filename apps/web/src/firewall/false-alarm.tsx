import { FIREWALL_TEXT_LIMIT } from '@lorekeep/contracts';
import { useMay } from '../app/person.js';
import { Button } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { useKeepCase } from './keep-case.js';

/** On a question that was refused or flagged: it becomes a test that it must be let through. */
export function FalseAlarm({ text, reference }: { text: string; reference: string | null }) {
  const { t } = useTexts();
  const may = useMay();
  const line = useErrorLine();
  const keep = useKeepCase();
  if (!may('admin.rules') || text.length > FIREWALL_TEXT_LIMIT) return null;
  return (
    <div className="flex flex-col items-start gap-1">
      <Button
        busy={keep.isPending}
        disabled={keep.isSuccess}
        onClick={() => keep.mutate({ text, role: 'user', expected: 'allow', reference })}
      >
        {t('firewall.cases.falseAlarm')}
      </Button>
      <p className="text-12 text-text-2">{t('firewall.cases.falseAlarmHint')}</p>
      {keep.error && <Notice tone="bad">{line(keep.error)}</Notice>}
    </div>
  );
}
