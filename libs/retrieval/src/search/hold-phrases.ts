import { analyze, containsPhrase } from '@lorekeep/kit/text';

/** Passages whose text is compared with the phrases at most, best first. */
export const PHRASE_CANDIDATES = 500;

/** What a passage that holds the phrases has in the index; where words are told apart by their neighbours, not always. */
export function termsOfPhrases(phrases: readonly string[]): string[] {
  return [...new Set(phrases.flatMap((phrase) => analyze(phrase)))];
}

/** Every phrase stands in the passage's text, its heading or the title of its document. */
export function holdsAll(
  { title, heading, content }: { readonly title: string; readonly heading: string; readonly content: string },
  phrases: readonly string[],
): boolean {
  return phrases.every((phrase) => [content, heading, title].some((text) => containsPhrase(text, phrase)));
}
