import type { FirewallOwnRule } from '@lorekeep/contracts';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { Empty } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { RuleDialog } from './rule-dialog.js';
import { severityOf } from './severities.js';
import { useCategoryName } from './use-names.js';
import type { DraftSetup } from './use-setup.js';

interface Props {
  setup: DraftSetup;
  onChange: (part: Partial<DraftSetup>) => void;
}

/** Rules of the tenant's own. */
export function RulesTab({ setup, onChange }: Props) {
  const { t } = useTexts();
  const category = useCategoryName();
  const [edited, setEdited] = useState<FirewallOwnRule | 'new' | null>(null);
  const { rules } = setup;
  const add = <Button onClick={() => setEdited('new')}>{t('firewall.ruleNew')}</Button>;
  const keep = (rule: FirewallOwnRule, before: FirewallOwnRule | null) => {
    onChange({ rules: before ? rules.map((each) => (each === before ? rule : each)) : [...rules, rule] });
    setEdited(null);
  };
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-[75ch] min-w-60 flex-1 text-13 text-text-2">{t('firewall.rulesNote')}</p>
        {rules.length > 0 && add}
      </div>
      {rules.length === 0 && <Empty title={t('firewall.rulesNone')} action={add} />}
      {rules.length > 0 && (
        <ul className="divide-y border-y">
          {rules.map((rule, at) => (
            <li key={`${at} ${rule.id}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <div className="min-w-40 flex-1">
                <code className="font-mono text-13 font-medium break-all">{rule.id}</code>
                <p className="text-12 text-text-2">
                  {category(rule.category)} · {t(`firewall.rule.severities.${severityOf(rule)}`)}
                </p>
              </div>
              <Button aria-label={`${t('common.edit')} ${rule.id}`} onClick={() => setEdited(rule)}>
                {t('common.edit')}
              </Button>
              <Button
                tone="quiet"
                aria-label={`${t('common.delete')} ${rule.id}`}
                onClick={() => onChange({ rules: rules.filter((each) => each !== rule) })}
              >
                {t('common.delete')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {edited && (
        <RuleDialog
          rule={edited === 'new' ? null : edited}
          taken={rules.filter((each) => each !== edited).map(({ id }) => id)}
          onClose={() => setEdited(null)}
          onTake={(rule) => keep(rule, edited === 'new' ? null : edited)}
        />
      )}
    </>
  );
}
