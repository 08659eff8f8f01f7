import { Checkbox, Field, Select, TextArea } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { changed, type AskOptions } from './draft-store.js';
import { EARLIER_LIMIT, INSTRUCTIONS_LIMIT } from './limits.js';
import { NumberField } from './number-field.js';

interface Props {
  options: AskOptions;
  onChange: (options: AskOptions) => void;
}

const EARLIER = Array.from({ length: EARLIER_LIMIT + 1 }, (_, count) => count);

/** How the answer is written. */
export function AnswerFields({ options, onChange }: Props) {
  const { t } = useTexts();
  const formats = useFormats();
  const set = <Key extends keyof AskOptions>(key: Key, value: AskOptions[Key] | undefined) =>
    onChange(changed(options, key, value));
  const instructions = options.instructions ?? '';
  const isFull = instructions.length >= INSTRUCTIONS_LIMIT;
  return (
    <>
      <Field
        label={t('options.instructions')}
        hint={t(isFull ? 'options.instructionsFull' : 'options.instructionsHint', {
          limit: formats.number(INSTRUCTIONS_LIMIT),
        })}
      >
        {(field) => (
          <TextArea
            {...field}
            rows={3}
            maxLength={INSTRUCTIONS_LIMIT}
            value={instructions}
            placeholder={t('options.instructionsExample')}
            onChange={(event) => set('instructions', event.target.value || undefined)}
          />
        )}
      </Field>
      <Field label={t('options.earlier')}>
        {(field) => (
          <Select
            {...field}
            value={options.earlier ?? ''}
            onChange={(event) =>
              set('earlier', event.target.value === '' ? undefined : Number(event.target.value))
            }
          >
            <option value="">{t('options.earlierAll')}</option>
            {EARLIER.map((count) => (
              <option key={count} value={count}>
                {count === 0 ? t('options.earlierNone') : t('options.earlierSome', { count })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid grid-cols-2 items-start gap-3">
        <NumberField
          label={t('options.temperature')}
          value={options.temperature}
          minimum={0}
          maximum={2}
          step={0.1}
          onChange={(value) => set('temperature', value)}
        />
        <NumberField
          label={t('options.topP')}
          value={options.topP}
          minimum={0.01}
          maximum={1}
          step={0.01}
          onChange={(value) => set('topP', value)}
        />
      </div>
      <NumberField
        label={t('options.answerLength')}
        value={options.maxTokens}
        minimum={1}
        maximum={32_768}
        step={1}
        onChange={(value) => set('maxTokens', value)}
      />
      <Checkbox
        label={t('options.stream')}
        checked={options.whole !== true}
        onChange={(event) => set('whole', event.target.checked ? undefined : true)}
      />
    </>
  );
}
