const CLIENT_TEXT_MAX = 400;

/** What a client says of itself, as it may be stored: short, without control characters and lone surrogates. */
export function cleanClientText(text: string): string {
  return text
    .slice(0, CLIENT_TEXT_MAX * 2)
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .slice(0, CLIENT_TEXT_MAX);
}
