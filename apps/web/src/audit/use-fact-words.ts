import { useRuleName } from '../firewall/use-names.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { useScannerNames } from '../scanner/use-scanner-names.js';
import { byCategory } from './by-category.js';
import type { StepFact } from './steps-of-record.js';

const DOORS = ['ask', 'chat', 'responses', 'embeddings', 'transcriptions', 'draft'] as const;
const ACTIONS = ['allow', 'flag', 'redact', 'refuse'] as const;
const FINISHES = ['stop', 'length', 'tool_calls', 'content_filter', 'abort'] as const;
const DRIVERS = ['extractive', 'openai-compatible'] as const;
const VALUES = ['rule', 'model', 'late', 'failed', 'unusable', 'unchecked', 'refused'] as const;

/** What the path writes as a word of its own, in the language of the page. */
export function useFactWords(): (fact: StepFact) => string {
  const { t } = useTexts();
  const formats = useFormats();
  const scanner = useScannerNames();
  const ruleName = useRuleName();
  const rulesOf = ([family, rules]: [string, string[]]): string =>
    family === '' ? rules.join(t('common.listSeparator')) : `${ruleName(family)} (${rules.join(', ')})`;
  const ending = (value: string): string => {
    const known = FINISHES.find((each) => each === value);
    return known ? t(`audit.finishes.${known}`) : value;
  };
  return ({ name, value }) => {
    if (typeof value === 'number') return name === 'recording' ? formats.bytes(value) : formats.number(value);
    const door = name === 'door' && DOORS.find((each) => each === value);
    if (door) return t(`audit.doors.${door}`);
    const action = name === 'action' && ACTIONS.find((each) => each === value);
    if (action) return t(`audit.actions.${action}`);
    const would = name === 'shadow' && ACTIONS.find((each) => each === value);
    if (would) return t(`audit.would.${would}`);
    if (name === 'rules' || name === 'released' || name === 'screenedFor' || name === 'shadowed')
      return byCategory(value).map(rulesOf).join(t('common.listSeparator'));
    const driver = name === 'driver' && DRIVERS.find((each) => each === value);
    if (driver) return t(`audit.drivers.${driver}`);
    if (name === 'hits') return value.split(', ').map(scanner.category).join(t('common.listSeparator'));
    if (name === 'finish') return value.split(', ').map(ending).join(t('common.listSeparator'));
    const known = VALUES.find((each) => each === value);
    return known && (name === 'rewrite' || name === 'failure') ? t(`audit.rewrite.${known}`) : value;
  };
}
