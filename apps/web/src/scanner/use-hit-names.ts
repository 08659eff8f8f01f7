import type { ScanHitRow } from '@lorekeep/contracts';
import { useTexts } from '../locales/use-texts.js';
import { useScannerNames } from './use-scanner-names.js';

/** What is said of a finding, in the page's language. */
export function useHitNames() {
  const { t } = useTexts();
  const names = useScannerNames();
  return {
    category: (row: ScanHitRow) => names.category(row.category),
    folds: (row: ScanHitRow) => row.folds.map(names.fold).join(', '),
    /** What stood there; of what is not kept, kind and length. */
    found: (row: ScanHitRow) => row.original ?? maskedAs(row, names.category(row.category)) ?? '',
    rule({ rule }: ScanHitRow): string {
      if (rule.kind === 'tier')
        return t('scanner.hits.rules.tier', { category: names.category(rule.category) });
      if (rule.kind === 'detector')
        return t('scanner.hits.rules.detector', { name: names.category(rule.name) });
      if (rule.kind === 'word')
        return rule.text === null
          ? t('scanner.hits.rules.wordGone')
          : t('scanner.hits.rules.word', { text: rule.text });
      const { name, entry } = rule;
      if (name === null) return t('scanner.hits.rules.listGone');
      return entry === null
        ? t('scanner.hits.rules.listAlone', { name })
        : t('scanner.hits.rules.list', { name, entry });
    },
    action: (row: ScanHitRow) =>
      isLeftOut(row) ? t('scanner.hits.leftOut') : t(`admin.words.actions.${row.action}`),
    /** In the answer, in a source of it, shown or left out for it, or in what was suggested instead. */
    place(row: ScanHitRow): string {
      if (isLeftOut(row)) return t('scanner.hits.places.leftOut');
      const source = /^citation:(\d+):/.exec(row.channel)?.[1];
      if (source !== undefined) return t('scanner.hits.places.source', { number: Number(source) + 1 });
      if (/^\d+:content$/.test(row.channel)) return t('scanner.hits.places.answer');
      if (/^\d+:reasoning$/.test(row.channel)) return t('scanner.hits.places.reasoning');
      const call = /^\d+:tool:(\d+)/.exec(row.channel)?.[1];
      if (call !== undefined) return t('scanner.hits.places.tool', { number: Number(call) + 1 });
      return row.channel === 'suggestion' ? t('scanner.hits.places.suggestion') : row.channel;
    },
  };
}

/** The answer went on without the source that it stood in. */
const isLeftOut = (row: ScanHitRow): boolean => row.channel.startsWith('left-out:');

/** Kind and length of what is not kept, with the kind in the page's language. */
function maskedAs({ masked, category }: ScanHitRow, name: string): string | null {
  return masked?.startsWith(category) ? name + masked.slice(category.length) : masked;
}
