import { useState } from 'react';
import { Field, Input } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';

interface Props {
  label: string;
  value: number | undefined;
  minimum: number;
  maximum: number;
  /** 1: whole numbers only. */
  step: number;
  onChange: (value: number | undefined) => void;
}

/** What is typed stands as it is typed; only what is within the limits is taken over. */
export function NumberField({ label, value, minimum, maximum, step, onChange }: Props) {
  const { t } = useTexts();
  const formats = useFormats();
  const [typed, setTyped] = useState<string | null>(null);
  const isGood = (number: number) =>
    number >= minimum && number <= maximum && (step !== 1 || Number.isInteger(number));
  const error =
    typed !== null && typed !== '' && !isGood(Number(typed))
      ? t('options.between', { from: formats.number(minimum), to: formats.number(maximum) })
      : null;
  return (
    <Field label={label} error={error}>
      {(field) => (
        <Input
          {...field}
          type="number"
          inputMode={step === 1 ? 'numeric' : 'decimal'}
          min={minimum}
          max={maximum}
          step={step}
          placeholder={t('options.default')}
          value={typed ?? value ?? ''}
          onChange={(event) => {
            const { value: text, valueAsNumber } = event.target;
            setTyped(text);
            onChange(text !== '' && isGood(valueAsNumber) ? valueAsNumber : undefined);
          }}
          onBlur={() => {
            if (error === null) setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
