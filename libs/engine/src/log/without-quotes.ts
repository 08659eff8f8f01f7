const TEXT_MAX = 200;

/**
 * An error's message without what it quotes: in quotation marks, brackets or braces, and everything after `input`,
 * where libraries echo what they were given. At most 200 characters.
 */
export function withoutQuotes(message: string): string {
  const cut = message
    .slice(0, 2_000)
    .replace(/\binput(?:_value|_type)?\s*[=:'"].*$/s, '…')
    .replace(/(["'`])(?:(?!\1).)*(?:\1|$)/gs, '…')
    .replace(/[{[].*$/s, '…')
    .replace(/\s+/g, ' ')
    .trim();
  return cut.length > TEXT_MAX ? `${cut.slice(0, TEXT_MAX)}…` : cut;
}
