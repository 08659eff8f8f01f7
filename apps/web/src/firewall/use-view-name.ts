import { useTexts } from '../locales/use-texts.js';

/** What may have been done to a text, as the firewall names it. */
const VIEWS = [
  'canonical',
  'url',
  'html',
  'escape',
  'quoted-printable',
  'punycode',
  'utf-7',
  'base64',
  'base32',
  'base58',
  'base85',
  'hex',
  'numbers',
  'binary',
  'uuencode',
  'morse',
  'braille',
  'spelled',
  'symbols',
  'tags',
  'variation-selectors',
  'zero-width',
  'bidi',
  'despaced',
  'joined',
  'markup',
  'leet',
  'cipher',
  'rot13',
  'reversed',
  'upside-down',
  'unscrambled',
  'repeated',
  'pig-latin',
  'acrostic',
  'ordered',
] as const;

/** How a text was read: `base64+rot13`, from the outside in. */
export function useViewName(): (view: string) => string {
  const { t } = useTexts();
  const nameOf = (kind: string): string => {
    const known = VIEWS.find((each) => each === kind);
    return known ? t(`firewall.views.${known}`) : kind;
  };
  return (view) => view.split('+').map(nameOf).join(' + ');
}
