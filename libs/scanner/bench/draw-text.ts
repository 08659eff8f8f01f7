/** Draws a text that a regular expression matches: literals, classes, groups, alternatives, bounded repetition. */
export function drawText(regex: string, random: () => number): string {
  return new Drawing(regex.replace(/^\(\?i\)/, ''), random).alternatives();
}

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const WORD = PRINTABLE.filter((unit) => /\w/.test(unit));
/** More of an open repetition would only make the samples long. */
const OPEN_REPEAT = 8;

class Drawing {
  private at = 0;

  constructor(
    private readonly regex: string,
    private readonly random: () => number,
  ) {}

  alternatives(): string {
    const all = [this.sequence()];
    while (this.regex[this.at] === '|') {
      this.at++;
      all.push(this.sequence());
    }
    return this.pick(all);
  }

  private sequence(): string {
    let out = '';
    while (this.at < this.regex.length && this.regex[this.at] !== '|' && this.regex[this.at] !== ')') {
      const from = this.at;
      let drawn = this.atom();
      const to = this.at;
      const [least, most] = this.quantifier();
      const end = this.at;
      const count = least + Math.floor(this.random() * (most - least + 1));
      if (count === 0) drawn = '';
      for (let i = 1; i < count; i++) {
        this.at = from;
        drawn += this.atom();
        this.at = to;
      }
      this.at = end;
      out += drawn;
    }
    return out;
  }

  private atom(): string {
    const unit = this.regex[this.at++] ?? '';
    if (unit === '(') return this.group();
    if (unit === '[') return this.pick(this.classOf());
    if (unit === '\\') return this.pick(this.escape());
    if (unit === '.') return this.pick(WORD);
    return unit === '^' || unit === '$' ? '' : unit;
  }

  private group(): string {
    const flags = /^\?(?:P<\w+>|[a-z-]*:|[a-z-]+\))/.exec(this.regex.slice(this.at))?.[0] ?? '';
    this.at += flags.length;
    if (flags.endsWith(')')) return '';
    const out = this.alternatives();
    this.at++;
    return out;
  }

  private quantifier(): [number, number] {
    const found = /^(?:\{(\d+)(,?)(\d*)\}|[*+?])\??/.exec(this.regex.slice(this.at));
    if (!found) return [1, 1];
    this.at += found[0].length;
    const [all, least, comma, most] = found;
    if (least === undefined) return all[0] === '?' ? [0, 1] : [all[0] === '+' ? 1 : 0, OPEN_REPEAT];
    if (!comma) return [Number(least), Number(least)];
    return [Number(least), most ? Math.min(Number(most), Number(least) + 200) : Number(least) + OPEN_REPEAT];
  }

  private escape(): string[] {
    const unit = this.regex[this.at++] ?? '';
    if (unit === 'd') return [...'0123456789'];
    if (unit === 'w') return WORD;
    if (unit === 's') return [' '];
    if (unit === 'S') return WORD;
    if (unit === 'b' || unit === 'B' || unit === 'A' || unit === 'z') return [''];
    if (unit === 'n' || unit === 'r') return ['\n'];
    if (unit === 't') return ['\t'];
    if (unit === 'x') {
      this.at += 2;
      return [String.fromCharCode(Number.parseInt(this.regex.slice(this.at - 2, this.at), 16))];
    }
    return [unit];
  }

  private classOf(): string[] {
    const negated = this.regex[this.at] === '^';
    if (negated) this.at++;
    const units = new Set<string>();
    let last = '';
    for (let first = true; this.regex[this.at] !== ']' || first; first = false) {
      const unit = this.regex[this.at++] ?? '';
      const named = unit === '[' && /^:alnum:\]/.test(this.regex.slice(this.at));
      if (named) this.at += ':alnum:]'.length;
      const some = named ? WORD : unit === '\\' ? this.escape() : [unit];
      if (unit === '-' && last !== '' && this.regex[this.at] !== ']') {
        const to = this.regex[this.at++] ?? '';
        for (let code = last.charCodeAt(0); code <= to.charCodeAt(0); code++)
          units.add(String.fromCharCode(code));
        last = '';
        continue;
      }
      for (const one of some) units.add(one);
      last = some.length === 1 ? (some[0] ?? '') : '';
    }
    this.at++;
    return negated ? WORD.filter((unit) => !units.has(unit)) : [...units];
  }

  private pick(from: readonly string[]): string {
    return from[Math.floor(this.random() * from.length)] ?? '';
  }
}
