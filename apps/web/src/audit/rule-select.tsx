import { Select } from '../kit/field.js';
import { useRuleName } from '../firewall/use-names.js';
import { useTexts } from '../locales/use-texts.js';
import { useOccurringRules } from './use-audit.js';

/** The firewall's rules that the latest questions name, by kind; one that was chosen stays to be seen. */
export function RuleSelect({ rule, onChange }: { rule: string; onChange: (rule: string) => void }) {
  const { t } = useTexts();
  const nameOf = useRuleName();
  const found = useOccurringRules().data?.rows ?? [];
  const rows =
    rule === '' || found.some((each) => each.rule === rule) ? found : [...found, { rule, questions: 0 }];
  const families = [...new Set(rows.map((row) => nameOf(row.rule)))];
  return (
    <Select
      className="col-span-2"
      aria-label={t('audit.rule')}
      value={rule}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t('audit.allRules')}</option>
      {families.map((name) => (
        <optgroup key={name} label={name}>
          {rows
            .filter((row) => nameOf(row.rule) === name)
            .map((row) => (
              <option key={row.rule} value={row.rule}>
                {t('audit.ruleOption', { name, rule: row.rule, count: row.questions })}
              </option>
            ))}
        </optgroup>
      ))}
    </Select>
  );
}
