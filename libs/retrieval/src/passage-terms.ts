import { analyze, ANALYZER_VERSION } from '@lorekeep/kit/text';

export { ANALYZER_VERSION };

/**
 * The index terms of the passages of one document, in order. Title and headings count as text; each is analysed once,
 * however many passages stand under it.
 */
export function passageTerms(
  title: string,
  passages: readonly { readonly heading: string; readonly content: string }[],
): string[][] {
  const titleTerms = analyze(title);
  let heading = '';
  let headingTerms: string[] = [];
  return passages.map((passage) => {
    if (passage.heading !== heading) {
      heading = passage.heading;
      headingTerms = analyze(heading);
    }
    return [...titleTerms, ...headingTerms, ...analyze(passage.content)];
  });
}
