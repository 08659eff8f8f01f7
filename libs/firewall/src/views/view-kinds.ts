/** What may have been done to a text; closed: names in hits, in audit records and on the workbench. */
export const VIEW_KINDS = [
  'canonical',
  // Escapes, read where they stand.
  'url',
  'html',
  'escape',
  'quoted-printable',
  'punycode',
  'utf-7',
  // Runs of another alphabet.
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
  // What no reader sees.
  'tags',
  'variation-selectors',
  'zero-width',
  'bidi',
  // Guesses: any text can be read so.
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
  // What an order is about.
  'ordered',
] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

const GUESSES: ReadonlySet<ViewKind> = new Set<ViewKind>([
  'despaced',
  'joined',
  'markup',
  'leet',
  'cipher',
  'rot13',
  'reversed',
  'unscrambled',
  'repeated',
  'pig-latin',
  'acrostic',
  'ordered',
]);

export function isGuess(kind: ViewKind): boolean {
  return GUESSES.has(kind);
}
