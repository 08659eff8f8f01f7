/** A repeatable source of numbers in [0, 1): mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SYLLABLES = 'an be co de er fi ga ho in ka lo me no or pa qui ra se to un va wi xe yo zu'.split(' ');

/** Han characters by Zipf's law, as in running text: few of them make up most of it. */
function han(random: () => number): string {
  return String.fromCharCode(0x4e00 + ((Math.floor(6000 ** random()) * 7919) % 6000));
}

function latin(random: () => number): string {
  const count = 2 + Math.floor(random() * 3);
  return Array.from({ length: count }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
}

/** Distinct words, 70 % Chinese of 2 to 6 characters, the rest Latin. */
export function generateWords(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const words = new Set<string>();
  while (words.size < count) {
    if (random() < 0.7) {
      const length = 2 + Math.floor(random() * 5);
      words.add(Array.from({ length }, () => han(random)).join(''));
    } else words.add(`${latin(random)}${latin(random)}`);
  }
  return [...words];
}

/** Text of about that many UTF-16 units, half Chinese, half Latin. */
export function generateText(units: number, seed: number): string {
  const random = randomFrom(seed);
  let text = '';
  while (text.length < units) {
    for (let i = 0; i < 40; i++) text += `${latin(random)} `;
    for (let i = 0; i < 200; i++) text += i % 17 === 16 ? '，' : han(random);
    text += '。\n';
  }
  return text.slice(0, units);
}

/** Pieces of 1 to 6 units, as a model streams them. */
export function cut(text: string, seed: number): string[] {
  const random = randomFrom(seed);
  const pieces: string[] = [];
  for (let i = 0; i < text.length;) {
    const width = 1 + Math.floor(random() * 6);
    pieces.push(text.slice(i, i + width));
    i += width;
  }
  return pieces;
}
