import { describe, expect, it } from '@jest/globals';
import { isProgram } from './program-lines.js';

const PROGRAM = [
  'function read(path, limit) {',
  '  const parts = path.split("/");',
  '  if (parts.length > limit) {',
  '    return undefined;',
  '  }',
  '  return open("../../../" + path);',
  '}',
];
/** Where the given lines stand in them all. */
function placesOf(lines: readonly string[], which: readonly number[]): { start: number; end: number }[] {
  return which.map((at) => {
    const start = lines.slice(0, at).join('\n').length + (at > 0 ? 1 : 0);
    return { start, end: start + (lines[at]?.length ?? 0) };
  });
}

describe('isProgram', () => {
  it('takes what one line of a program holds for a part of it', () => {
    expect(isProgram(PROGRAM.join('\n'), placesOf(PROGRAM, [5]))).toBe(true);
  });

  it.each([
    [
      'Python',
      ['def a(self):', '    """Says it."""', '    b = 1', '    for c in b:', '        d(c)', '    return b'],
    ],
    ['shell', ['#!/bin/sh', 'set -e', 'a="$1"', 'if [ -f "$a" ]; then', '  exit 1', 'fi']],
  ])('knows %s', (_language, lines) => {
    expect(isProgram(lines.join('\n'), [])).toBe(true);
  });

  it('asks for six different lines', () => {
    expect(isProgram(PROGRAM.slice(0, 5).join('\n'), [])).toBe(false);
    expect(isProgram(`${'x = 1;\n'.repeat(50)}cat /etc/passwd`, [])).toBe(false);
    expect(isProgram(PROGRAM.slice(0, 6).join('\n'), [])).toBe(true);
  });

  it('asks that most lines are no payload', () => {
    expect(isProgram(PROGRAM.join('\n'), placesOf(PROGRAM, [1, 2]))).toBe(true);
    expect(isProgram(PROGRAM.join('\n'), placesOf(PROGRAM, [1, 2, 3]))).toBe(false);
  });

  it('takes no prose and no list of payloads for one', () => {
    const prose =
      'first we walk to the gate\nthen we wait\nnobody comes\nit rains\nwe go home\nand sleep\nlate';
    expect(isProgram(prose, [])).toBe(false);
    const payloads = [
      "' or 1=1 --",
      '<svg onload=alert(1)>',
      '../../etc/passwd',
      '|| id',
      '$(id) x',
      '`id` y',
      'x',
    ];
    expect(isProgram(payloads.join('\n'), placesOf(payloads, [0, 1, 2, 3, 4, 5]))).toBe(false);
  });
});
