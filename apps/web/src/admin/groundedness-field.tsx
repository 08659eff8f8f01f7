import type { Settings } from '@lorekeep/contracts';
import { Field, Select } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';

const CHOICES = ['off', 'mark', 'withhold'] as const;

interface Props {
  value: Settings['groundedness'];
  onChange: (part: Pick<Settings, 'groundedness'>) => void;
}

/** What becomes of a sentence that the passages it cites do not support. */
export function GroundednessField({ value, onChange }: Props) {
  const { t } = useTexts();
  return (
    <Field label={t('admin.settings.groundedness')} hint={t('admin.settings.groundednessHint')}>
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
