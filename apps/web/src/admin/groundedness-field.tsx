import type { Settings } from '@lorekeep/contracts';
import { classNames } from '../kit/class-names.js';
import { Field, Select } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { useModelServers } from './use-model-servers.js';

const CHOICES = ['off', 'mark', 'withhold'] as const;

interface Props {
  value: Settings['groundedness'];
  onChange: (part: Pick<Settings, 'groundedness'>) => void;
}

/** What becomes of a sentence that the passages it cites do not support. */
export function GroundednessField({ value, onChange }: Props) {
  const { t } = useTexts();
  return (
    <Field
      label={t('admin.settings.groundedness')}
      hint={
        <>
          {t('admin.settings.groundednessHint')}
          <Opinion />
        </>
      }
    >
      {(field) => (
        <Select
          {...field}
          fit
          value={value}
          onChange={({ target }) =>
            onChange({ groundedness: CHOICES.find((one) => one === target.value) ?? 'mark' })
          }
        >
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {t(`admin.settings.groundednessChoices.${choice}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Whether a model of the operator's looks at what words pass. */
function Opinion() {
  const { t, say } = useTexts();
  const { data } = useModelServers();
  if (!data) return null;
  const { state, reason } = data.entailment;
  return (
    <span className={classNames('mt-1 block break-words', state === 'failed' && 'text-bad')}>
      {state === 'failed'
        ? t('admin.settings.entailment.failed', { reason: say(reason ?? '') })
        : t(`admin.settings.entailment.${state}`)}
    </span>
  );
}
