import { expect } from '@jest/globals';

const TRACE = /\bat \S+ \(|\.[jt]s:\d+|node_modules|\[object |undefined|SQLSTATE|syntax error at or near/;

/** A refusal that helps: below 500, in the shape of its door, one clear sentence, nothing of what runs behind. */
export function expectClear(
  answer: { status: number; text: string; type: string },
  path: string,
  about?: RegExp,
): void {
  const { status, text, type } = answer;
  const verdict = status >= 400 && status < 500 ? 'clear' : `${status}: ${text.slice(0, 300)}`;
  expect(`${path} ${verdict}`).toBe(`${path} clear`);
  const body = JSON.parse(text) as Record<string, unknown>;
  if (path.startsWith('/v1')) {
    expect(type).toContain('application/json');
    const error = body.error as Record<string, unknown>;
    expect(error).toMatchObject({
      message: expect.any(String),
      type: expect.any(String),
      code: expect.any(String),
    });
    expectSentence(String(error.message), about);
  } else {
    expect(type).toContain('application/problem+json');
    expect(body).toMatchObject({
      status,
      code: expect.any(String),
      reference: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expectSentence(String(body.detail), about);
  }
  expect(text).not.toMatch(TRACE);
}

function expectSentence(sentence: string, about: RegExp | undefined): void {
  expect(sentence).toMatch(/^[A-Z0-9].{10,600}\.$/s);
  if (about) expect(sentence).toMatch(about);
}
