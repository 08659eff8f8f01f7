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
  return JSON.stringify(copy(value, 1));
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
