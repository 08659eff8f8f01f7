/** English text has about four characters to a token; Chinese, Japanese and Korean about one to a character. */
const CHARACTERS_PER_TOKEN = 4;
const FIRST_EAST_ASIAN = 0x2e80;

/** A rough count of tokens, for use where the model server did not count; errs on the high side. */
export function estimateTokens(text: string): number {
  return Math.ceil(countTokens(text));
}

/** The same without rounding, for texts that come in pieces. */
export function countTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= FIRST_EAST_ASIAN) wide += 1;
  return wide + (text.length - wide) / CHARACTERS_PER_TOKEN;
}
