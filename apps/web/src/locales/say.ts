/** A sentence of the gateway, with `{{name}}` for what differs, and the same in another language. */
export type Pair = readonly [theirs: string, ours: string];

export interface Sentences {
  readonly byCode: Readonly<Record<string, Pair>>;
  readonly others: readonly Pair[];
}

/** Sentences that the gateway sent, in the language of the page; `code` is what they came with. */
export type Say = (text: string, code?: string | null) => string;

interface Pattern {
  readonly theirs: RegExp;
  readonly names: readonly string[];
  readonly ours: string;
}

/** Longer than any path that stands before a remark. */
const PATH_MAX = 520;

/**
 * What is not known stays as the gateway wrote it: a whole text, or the end of one. A code whose sentence has changed
 * since is said in our words where these need no values.
 */
export function sayer({ byCode, others }: Sentences): Say {
  // The longest first: one sentence may be the beginning of another.
  const patterns = [...Object.values(byCode), ...others]
    .toSorted(([one], [other]) => other.length - one.length)
    .map(patternOf);
  const said = (text: string): { ours: string; rest: string } | null => {
    for (const { theirs, names, ours } of patterns) {
      const found = theirs.exec(text);
      if (!found) continue;
      const values = new Map(names.map((name, at) => [name, found[at + 1] ?? '']));
      const filled = ours.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values.get(name) ?? '');
      return { ours: filled, rest: text.slice(found[0].length).trimStart() };
    }
    return null;
  };
  return (text, code) => {
    let out = '';
    let rest = text.trim();
    while (rest !== '') {
      const next = said(rest) ?? afterPath(rest, said);
      if (!next) break;
      out += next.ours;
      ({ rest } = next);
    }
    if (out !== '') return rest === '' ? out : `${out} ${rest}`;
    const own = byCode[code ?? '']?.[1];
    return own && !own.includes('{{') ? own : text;
  };
}

export const asSent: Say = (text) => text;

/** `photos/1.png: The file is empty.`: the path stays, the sentence after it is known. */
function afterPath(
  text: string,
  said: (text: string) => { ours: string; rest: string } | null,
): { ours: string; rest: string } | null {
  for (let at = text.indexOf(': '); at > 0 && at < PATH_MAX; at = text.indexOf(': ', at + 1)) {
    const found = said(text.slice(at + 2));
    if (found) return { ...found, ours: `${text.slice(0, at)}：${found.ours}` };
  }
  return null;
}

function patternOf([theirs, ours]: Pair): Pattern {
  const names = [...theirs.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
  const parts = theirs.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { theirs: new RegExp(`^${parts.join('(.{1,300}?)')}(?=\\s|$)`, 's'), names, ours };
}
