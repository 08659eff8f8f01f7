/** Elements that begin a new line or a cell of their own: what they hold apart is not one word. */
const NAMES =
  'address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption figure footer form ' +
  'h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul';

/** A name that no block begins with, or goes on from. */
export const NO_NAME = 255;
const ROOT = 0;

/** Nodes of the tree of names that are a whole name. */
export const BLOCK_NAMES = new Set<number>();
const children = new Map<number, number>();

for (const name of NAMES.split(' ')) {
  let node = ROOT;
  for (let i = 0; i < name.length; i++) {
    const key = (node << 7) | name.charCodeAt(i);
    const child = children.get(key) ?? children.size + 1;
    children.set(key, child);
    node = child;
  }
  BLOCK_NAMES.add(node);
}
if (children.size >= NO_NAME) throw new RangeError('too many names of blocks');

/** The node after one more unit of a name, in either case; `before` 0 = none so far. */
export function nameAfter(before: number, unit: number): number {
  if (unit > 0x7f) return NO_NAME;
  const small = unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
  return children.get((before << 7) | small) ?? NO_NAME;
}

/** The node of `br`: what it parts are two lines of one text. */
export const BREAK_NAME = nameAfter(nameAfter(ROOT, 0x62), 0x72);
