import { FIREWALL_TEXT_LIMIT, type FirewallCase } from '@lorekeep/contracts';
import type { Alarm } from '../audit/alarm-of.js';
import { Button } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useFormats } from '../kit/format.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { useKeepQuestion } from './keep-case.js';

interface Props {
  alarm: Alarm;
  /** The question as it is kept. */
  text: string;
  reference: string;
}

/** On a question that alarmed the firewall: it becomes a test that it must be let through, or why it cannot. */
export function FalseAlarm({ alarm: { role, takenOut, elsewhere }, text, reference }: Props) {
  const { t } = useTexts();
  const formats = useFormats();
  const roles = elsewhere.map((each) => t(`firewall.bench.roles.${each}`)).join(t('common.listSeparator'));
  return (
    <div className="flex flex-col items-start gap-1 text-12 text-text-2">
      {role && text.length <= FIREWALL_TEXT_LIMIT && <Keep role={role} reference={reference} />}
      {role && text.length > FIREWALL_TEXT_LIMIT && (
        <p>{t('firewall.cases.tooLong', { most: formats.number(FIREWALL_TEXT_LIMIT) })}</p>
      )}
      {takenOut && <p>{t('firewall.cases.takenOut')}</p>}
      {roles && <p>{t('firewall.cases.elsewhere', { roles })}</p>}
    </div>
  );
}

function Keep({ role, reference }: Pick<FirewallCase, 'role'> & Pick<Props, 'reference'>) {
  const { t } = useTexts();
  const line = useErrorLine();
  const keep = useKeepQuestion(reference);
  return (
    <>
      <Button busy={keep.isPending} disabled={keep.isSuccess} onClick={() => keep.mutate(role)}>
        {t('firewall.cases.falseAlarm')}
      </Button>
      <p>{t('firewall.cases.falseAlarmHint')}</p>
      {keep.error && <Notice tone="bad">{line(keep.error)}</Notice>}
    </>
  );
}
