import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findTools } from '../support/find-tools.mjs';
import { startStack, type Stack } from '../support/stack.js';

const promtool = findTools().found.PROMTOOL_PATH;

describe('the metrics', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  (promtool ? it : it.skip)('are what Prometheus reads, names and units included (promtool)', async () => {
    await stack.admin.call('GET', '/api/admin/users');
    const text = await (await fetch(`${stack.url}/metrics`)).text();
    const { status, stdout, stderr } = spawnSync(promtool ?? '', ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    // Node's own collector has names from before these rules.
    const complaints = `${stdout}${stderr}`
      .split('\n')
      .filter((line) => line !== '' && !/^(nodejs|process)_/.test(line));
    expect(complaints).toEqual([]);
    expect([0, 3]).toContain(status);
  });
});
