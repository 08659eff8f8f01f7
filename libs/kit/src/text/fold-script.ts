import { TRADITIONAL_CHARACTERS } from './traditional-characters.js';

const HAN = /[\u3400-\u9fff]/;
/** Most arguments passed to String.fromCharCode at once; far below the engine's stack limit. */
const BATCH = 8_192;

let table: Uint16Array | undefined;

/** Per UTF-16 unit its simplified one, 0 where it stays. */
function simplifiedUnits(): Uint16Array {
  if (table) return table;
  table = new Uint16Array(0x10000);
  for (let i = 0; i + 1 < TRADITIONAL_CHARACTERS.length; i += 2)
    table[TRADITIONAL_CHARACTERS.charCodeAt(i)] = TRADITIONAL_CHARACTERS.charCodeAt(i + 1);
  return table;
}

/**
 * Traditional and regional Chinese characters as simplified ones, for comparing texts, not for showing them: one
 * character at a time, so that every writing of a word becomes one and the same (乾隆 and 干燥 share their first
 * character afterwards). UTF-16 offsets stay; characters beyond U+FFFF stay as they are.
 */
export function toSimplified(text: string): string {
  if (!HAN.test(text)) return text;
  const simplified = simplifiedUnits();
  let at = 0;
  while (at < text.length && simplified[text.charCodeAt(at)] === 0) at++;
  if (at === text.length) return text;
  let folded = text.slice(0, at);
  for (; at < text.length; at += BATCH) {
    const end = Math.min(text.length, at + BATCH);
    const units = new Array<number>(end - at);
    for (let i = at; i < end; i++) {
      const unit = text.charCodeAt(i);
      units[i - at] = simplified[unit] || unit;
    }
    folded += String.fromCharCode(...units);
  }
  return folded;
}
