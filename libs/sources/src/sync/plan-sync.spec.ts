import { describe, expect, it } from '@jest/globals';
import { problemOf, SourceProblem } from '../sources.errors.js';
import type { StoredItem } from '../store/rows.js';
import { deletesTooMuch, DELETIONS_FREE, planSync } from './plan-sync.js';

const found = (path: string, fingerprint: string) => ({
  path,
  fingerprint,
  bytes: 1,
  read: () => Promise.reject(new Error('not read')),
});
const item = (path: string, fingerprint: string, more: Partial<StoredItem> = {}): StoredItem => ({
  path,
  fingerprint,
  documentId: path,
  sha256: null,
  state: 'taken',
  reasonCode: null,
  runId: null,
  ...more,
});
const files = (...entries: ReturnType<typeof found>[]) =>
  new Map(entries.map((entry) => [entry.path, entry]));

describe('planSync', () => {
  it('reads new paths before changed ones, and knows what is gone', () => {
    const items = [item('a', '1'), item('b', '1'), item('c', '1')];
    const plan = planSync(
      items,
      { files: files(found('b', '2'), found('c', '1'), found('d', '1')), problems: new Map() },
      'r',
    );
    expect(plan.toRead.map(({ path }) => path)).toEqual(['d', 'b']);
    expect(plan.unchanged).toBe(1);
    expect(plan.gone.map(({ path }) => path)).toEqual(['a']);
  });

  it('does not count again what this run has done', () => {
    const plan = planSync(
      [item('a', '1', { runId: 'r' })],
      { files: files(found('a', '1')), problems: new Map() },
      'r',
    );
    expect(plan).toMatchObject({ toRead: [], unchanged: 0 });
  });

  it('reads failed files again, skipped ones only where the rule may have changed', () => {
    const items = [
      item('failed', '1', { state: 'failed', fingerprint: null }),
      item('large', '1', { state: 'skipped', reasonCode: 'FILE_TOO_LARGE' }),
      item('damaged', '1', { state: 'skipped', reasonCode: 'DOCUMENT_DAMAGED' }),
    ];
    const all = files(found('failed', '1'), found('large', '1'), found('damaged', '1'));
    expect(planSync(items, { files: all, problems: new Map() }, 'r').toRead.map(({ path }) => path)).toEqual([
      'failed',
      'large',
    ]);
  });

  it('leaves what lies in a folder that cannot be read', () => {
    const items = [item('closed/a', '1'), item('closed/deep/b', '1'), item('closedness', '1')];
    const problems = new Map([['closed', 'FILE_UNREADABLE' as const]]);
    expect(planSync(items, { files: new Map(), problems }, 'r').gone.map(({ path }) => path)).toEqual([
      'closedness',
    ]);
  });
});

describe('deletesTooMuch', () => {
  it.each([
    [0, 100, 0, 0, false],
    [1, 1, 0, 100, true],
    [DELETIONS_FREE, 5, 2, 0, false],
    [DELETIONS_FREE + 1, 5, 1, 0, true],
    [30, 100, 70, 30, false],
    [31, 100, 69, 30, true],
    [99, 100, 1, 100, false],
  ])('%i of %i, %i files left, share %i: %s', (removals, kept, left, share, expected) => {
    expect(deletesTooMuch(removals, { kept, files: left, share })).toBe(expected);
  });
});

describe('problemOf', () => {
  it('tells a full disk from what is nobody’s fault', () => {
    expect(problemOf(Object.assign(new Error(), { code: 'ENOSPC' })).code).toBe('SOURCE_DISK_FULL');
    expect(problemOf(Object.assign(new Error(), { code: 'EDQUOT' })).code).toBe('SOURCE_DISK_FULL');
    expect(problemOf(new SourceProblem('SOURCE_DENIED')).code).toBe('SOURCE_DENIED');
    expect(problemOf(new Error('secret')).sentence).not.toContain('secret');
  });
});
