import { describe, expect, it } from '@jest/globals';
import { JsonObject } from './json-object.js';

/** After how many units the object was complete, fed one by one and whole alike; null: not at all. */
function completeAt(text: string): number | null {
  const [whole, single] = [new JsonObject(), new JsonObject()];
  let at: number | null = null;
  for (let index = 0; index < text.length; index++) {
    single.push(text.charAt(index));
    if (single.complete) at ??= index + 1;
  }
  whole.push(text);
  expect(whole.complete).toBe(at !== null);
  return at;
}

describe('JsonObject', () => {
  it.each([
    '{}',
    ' \n{"a": {"b": [1, {"c": "}"}]}}',
    '{"a": "\\"}"}',
    '{"a": "\\\\"}',
    '{"a": "\\\\\\"}"}',
    '{"{": "[", "]": 1}',
  ])('is complete with its last bracket: %s', (text) => {
    expect(completeAt(text)).toBe(text.length);
    expect(completeAt(`${text} \n`)).toBe(text.length);
    expect(completeAt(text.slice(0, -1))).toBeNull();
  });

  it.each(['', ' ', '[]', '"{}"', 'null', 'x {}', '}{', '{"a": "}'])('is not: %j', (text) => {
    expect(completeAt(text)).toBeNull();
  });
});
