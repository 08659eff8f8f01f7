/** Left by systems and tools, of no use to anybody. */
const NEVER = [
  '.git/',
  '.svn/',
  '.hg/',
  '__MACOSX/',
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
  '~$*',
  '.~lock.*',
];

/**
 * Whether a path is wanted. `*` and `?` stay within a name, `**` spans folders; a glob without a slash holds at any
 * depth, one that ends in a slash means all that is beneath. Takes time in proportion to glob and path.
 */
export function pathFilter(
  include: readonly string[],
  exclude: readonly string[],
): (path: string) => boolean {
  const wanted = include.map(compile);
  const unwanted = [...NEVER, ...exclude].map(compile);
  return (path) => {
    const parts = path.split('/');
    return (
      (wanted.length === 0 || wanted.some((glob) => matchParts(glob, parts))) &&
      !unwanted.some((glob) => matchParts(glob, parts))
    );
  };
}

function compile(glob: string): string[] {
  const plain = glob.normalize('NFC').replace(/^\.?\//, '');
  const beneath = plain.endsWith('/') ? `${plain}**` : plain;
  const anchored = glob.startsWith('/') || plain.replace(/\/$/, '').includes('/');
  const parts = (anchored ? beneath : `**/${beneath}`).split('/');
  // Two in a row mean the same as one.
  return parts.filter((part, at) => part !== '**' || parts[at - 1] !== '**');
}

/** Row by row: which prefixes of the path the glob so far can be. */
function matchParts(glob: readonly string[], parts: readonly string[]): boolean {
  let reached = parts.map(() => false);
  let atStart = true;
  for (const piece of glob) {
    const next = parts.map(() => false);
    if (piece === '**') {
      let open = atStart;
      parts.forEach((_, at) => {
        next[at] = open;
        open ||= reached[at] === true;
      });
      // Beneath a folder there is at least one name; at the beginning there may be none.
      if (piece !== glob.at(-1)) next.forEach((_, at) => (next[at] ||= reached[at] === true));
    } else {
      parts.forEach((part, at) => {
        const before = at === 0 ? atStart : reached[at - 1] === true;
        next[at] = before && matchName(piece, part);
      });
      atStart = false;
    }
    reached = next;
  }
  return reached.at(-1) === true;
}

/** `*` and `?` in one name; goes back to the last star only, so that it never takes more than their product. */
function matchName(glob: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let from = 0;
  while (at < name.length) {
    if (from < glob.length && (glob[from] === '?' || (glob[from] !== '*' && glob[from] === name[at]))) {
      at++;
      from++;
    } else if (from < glob.length && glob[from] === '*') {
      star = from++;
      resume = at;
    } else if (star >= 0) {
      from = star + 1;
      at = ++resume;
    } else return false;
  }
  while (glob[from] === '*') from++;
  return from === glob.length;
}
