import type { ScannerCategory } from '@lorekeep/contracts';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { classNames } from '../kit/class-names.js';
import { Checkbox, Select } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { SEVERITIES } from '../firewall/severities.js';
import { useTexts } from '../locales/use-texts.js';
import { useScannerNames } from './use-scanner-names.js';
import { sameFolds, type Decision } from './use-policy.js';

const ACTIONS = ['off', 'log', 'redact', 'stop'] as const;
/** Stands for "each word its own" in a select, which knows only texts. */
const OWN = 'own';

interface Props {
  row: ScannerCategory;
  value: Decision;
  folds: readonly string[];
  onChange: (part: Partial<Decision>) => void;
}

/** One category: what happens, how grave it is, and what the scanner sees through. */
export function CategoryItem({ row, value, folds, onChange }: Props) {
  const { t } = useTexts();
  const names = useScannerNames();
  const [open, setOpen] = useState(false);
  const name = names.category(row.name);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <div className="min-w-48 flex-1">
        <p className="text-14 font-medium">{name}</p>
        <Differs row={row} value={value} />
      </div>
      <Select
        fit
        aria-label={t('scanner.policy.actionOf', { category: name })}
        value={value.action ?? OWN}
        onChange={(event) =>
          onChange({ action: ACTIONS.find((each) => each === event.target.value) ?? null })
        }
        className="w-44"
      >
        {row.kind === 'words' && <option value={OWN}>{t('scanner.actions.own')}</option>}
        {ACTIONS.map((action) => (
          <option key={action} value={action}>
            {t(`scanner.actions.${action}`)}
          </option>
        ))}
      </Select>
      <Select
        fit
        aria-label={t('scanner.policy.severityOf', { category: name })}
        value={value.severity}
        onChange={(event) =>
          onChange({ severity: SEVERITIES.find((each) => each === event.target.value) ?? 'medium' })
        }
        className="w-32"
      >
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {t(`scanner.severities.${severity}`)}
          </option>
        ))}
      </Select>
      {row.kind === 'detector' ? (
        <span className="hidden w-48 sm:block" aria-hidden="true" />
      ) : (
        <Button
          tone="quiet"
          icon={<ChevronDown size={15} className={classNames('shrink-0', open && 'rotate-180')} />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="-ml-3 justify-start sm:ml-0 sm:w-48"
        >
          {t('scanner.policy.folds', { on: value.folds.length, all: folds.length })}
        </Button>
      )}
      {open && (
        <fieldset className="grid w-full gap-2 rounded-md bg-surface-1 p-3 sm:grid-cols-2">
          <legend className="sr-only">{t('scanner.policy.foldsOf', { category: name })}</legend>
          {folds.map((fold) => (
            <Checkbox
              key={fold}
              label={names.fold(fold)}
              hint={names.foldHint(fold)}
              checked={value.folds.includes(fold)}
              onChange={(event) =>
                onChange({
                  folds: folds.filter((each) =>
                    each === fold ? event.target.checked : value.folds.includes(each),
                  ),
                })
              }
            />
          ))}
        </fieldset>
      )}
    </li>
  );
}

function Differs({ row, value }: Pick<Props, 'row' | 'value'>) {
  const { t } = useTexts();
  const formats = useFormats();
  const { builtIn } = row;
  const same =
    value.action === builtIn.action &&
    value.severity === builtIn.severity &&
    sameFolds(value.folds, builtIn.folds);
  const parts = [
    row.kind === 'words' && t('scanner.policy.words', { count: row.words, shown: formats.number(row.words) }),
    !same &&
      t('admin.rules.builtIn', {
        action: `${t(`scanner.actions.${builtIn.action ?? OWN}`)}, ${t(`scanner.severities.${builtIn.severity}`)}`,
      }),
  ];
  return <p className="text-12 text-text-2">{parts.filter(Boolean).join(' · ')}</p>;
}
