export type JsonValue = string | number | boolean | null | undefined | readonly JsonValue[] | JsonObject;
/** undefined members are left out, as in JSON. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Deeper details are no record of anything; also keeps well within the parser's stack. */
export const DETAIL_DEPTH_MAX = 32;

/** NUL and lone surrogates: JSON may carry them, Postgres text may not. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** The text with what Postgres cannot store replaced by U+FFFD. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd');
}

/** JSON text that Postgres accepts as jsonb. Throws TypeError on cycles, excessive depth and what JSON has no form for. */
export function storableJson(value: JsonObject): string {
  if (!isPlain(value, 1)) return JSON.stringify(copy(value, 1));
  const text = JSON.stringify(value);
  // Written so, they stand in the text; where they do, or only what looks like them, each string is looked at.
  return ESCAPED.test(text) ? JSON.stringify(copy(value, 1)) : text;
}

/** NUL and lone surrogates as JSON.stringify writes them. */
const ESCAPED = /\\u(?:0000|d[89a-f])/;

/** Whether JSON.stringify alone does what `copy` does: nearly always. */
function isPlain(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object')
    return typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';
  if (value === null) return true;
  if (depth > DETAIL_DEPTH_MAX) return false;
  if (Array.isArray(value)) return value.every((item: JsonValue) => isPlain(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const members = value as JsonObject;
  for (const name in members) if (!isPlain(members[name], depth + 1)) return false;
  return !('toJSON' in members);
}

function copy(value: JsonValue, depth: number): JsonValue {
  switch (typeof value) {
    case 'string':
      return storableText(value);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      break;
    default:
      throw new TypeError(`a ${typeof value} has no form in JSON`);
  }
  if (value === null) return null;
  if (depth > DETAIL_DEPTH_MAX) throw new TypeError(`deeper than ${DETAIL_DEPTH_MAX} levels`);
  if (value instanceof Date) return value.toJSON();
  if (Array.isArray(value)) return value.map((item: JsonValue) => copy(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [storableText(name), copy(member as JsonValue, depth + 1)]),
  );
}
