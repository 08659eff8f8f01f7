import { PINYIN_READINGS } from './pinyin-readings.js';

interface PinyinTable {
  /** Index in `syllables` for each UTF-16 unit; 0 = no reading. */
  readonly indices: Uint16Array;
  readonly syllables: readonly string[];
}

let table: PinyinTable | undefined;

function load(): PinyinTable {
  const indices = new Uint16Array(0x10000);
  const syllables = [''];
  for (const group of PINYIN_READINGS.split(' ')) {
    const first = group.search(/[^a-z]/);
    for (let i = first; i < group.length; i++) indices[group.charCodeAt(i)] = syllables.length;
    syllables.push(group.slice(0, first));
  }
  return { indices, syllables };
}

/** The usual reading of a simplified character, without its tone, `v` for ü; '' where there is none. */
export function syllableOf(unit: number): string {
  table ??= load();
  return table.syllables[table.indices[unit] ?? 0] ?? '';
}
