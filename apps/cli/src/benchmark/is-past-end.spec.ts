import { describe, expect, it } from '@jest/globals';
import { isPastEnd } from './is-past-end.js';

const TEXT = 'Unexpected token 200002 while expecting start token 200006';

describe('an engine that was driven past the end of an answer', () => {
  it.each([
    ['error-event', TEXT, true],
    ['server-error', `500 {"error":{"message":"${TEXT}"}}`, true],
    ['bad-request', `400 {"error":{"message":"${TEXT}"}}`, true],
    ['error-event', 'EngineCore encountered an issue.', false],
    ['cut', TEXT, false],
    [undefined, undefined, false],
  ] as const)('%s, %s: %s', (failure, detail, expected) => {
    expect(isPastEnd({ failure, detail })).toBe(expected);
  });
});
