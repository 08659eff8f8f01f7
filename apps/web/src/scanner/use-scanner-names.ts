import { SCANNER_FOLDS } from '@lorekeep/contracts';
import { useTexts } from '../locales/use-texts.js';

const CATEGORIES = [
  ...(['profanity', 'sexual', 'hate', 'violence', 'drugs', 'gambling', 'fraud', 'weapons'] as const),
  ...(['self-harm', 'extremism', 'words', 'general'] as const),
];
/** Of words that were given none. */
export const GENERAL = 'general';
const DETECTED = ['personal-data', 'secret'] as const;
const KINDS = [
  ...([
    'email',
    'cn-mobile',
    'cn-resident-id',
    'bank-card',
    'iban',
    'passport',
    'phone',
    'ip-address',
  ] as const),
  ...(['token', 'private-key', 'connection-string', 'authorization', 'password', 'key'] as const),
];

/** The detectors' own: no word is put there any more. */
export const isDetectorCategory = (name: string): boolean =>
  DETECTED.some((family) => family === name.split('.', 1)[0]);

/** The names that the product gives to categories and folds, in the page's language; a tenant's own stand as they are. */
export function useScannerNames() {
  const { t } = useTexts();
  const fold = (name: string) => SCANNER_FOLDS.find((each) => each === name);
  return {
    category(name: string): string {
      const known = CATEGORIES.find((each) => each === name);
      if (known) return t(`scanner.categories.${known}`);
      const group = DETECTED.find((each) => name.startsWith(`${each}.`));
      if (!group) return name;
      const written = name.slice(group.length + 1);
      const kind = KINDS.find((each) => each === written);
      return `${t(`scanner.categories.${group}`)} · ${kind ? t(`scanner.detected.${kind}`) : written}`;
    },
    /** The category that a typed name stands for: one that the page names is not one's own; none is `general`. */
    typed(name: string): string {
      const trimmed = name.trim();
      const known = CATEGORIES.find((each) => t(`scanner.categories.${each}`) === trimmed);
      return known ?? (trimmed === '' ? GENERAL : trimmed);
    },
    fold(name: string): string {
      const known = fold(name);
      return known ? t(`scanner.folds.${known}`) : name;
    },
    foldHint(name: string): string | undefined {
      const known = fold(name);
      return known && t(`scanner.foldHints.${known}`);
    },
  };
}
