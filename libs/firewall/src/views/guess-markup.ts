import type { MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';

/**
 * What stands between two letters and is not seen, or not heeded, once the text is shown or run: tags and comments,
 * marks of emphasis, empty quotation marks, backslashes of a shell, its blank by another name.
 */
const BETWEEN =
  /(?<=[\p{L}\p{N}/])(?:<!--[^>]{0,128}-->|<\/?[a-z][^<>]{0,128}>|\/\*[^*]{0,64}\*\/|\*{1,3}|_{2,3}|~~|`|''|""|\\|\$@|\^){1,4}(?=[\p{L}\p{N}/])|\$\{?IFS\}?(?:\$\d)?/gu;

export function guessMarkup(source: MappedText): MappedText | undefined {
  return splice(source, between(source.text));
}

function* between(text: string): Generator<Piece> {
  for (const { index, 0: sign } of text.matchAll(BETWEEN))
    yield {
      start: index,
      end: index + sign.length,
      text: sign.startsWith('$') && sign.includes('I') ? ' ' : '',
    };
}
