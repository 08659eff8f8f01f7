import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { findTools } from '../support/find-tools.mjs';
import { startStack, type Stack } from '../support/stack.js';

const PROMTOOL = (findTools().found as { PROMTOOL_PATH?: string }).PROMTOOL_PATH;
const withPromtool = PROMTOOL ? it : it.skip;

describe('what operators look at', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
  }, 120_000);
  afterAll(() => stack?.stop());

  it('says that it is alive and ready', async () => {
    const client = stack.client();
    expect(await client.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await client.call('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  withPromtool('has metrics that promtool finds nothing wrong with', async () => {
    await stack.admin.ask('How many days of annual leave do I get?');
    const { text } = await stack.client().call('GET', '/metrics');
    expect(text).toMatch(/^lorekeep_questions_total\{outcome="answered",door="ask"\} 1$/m);
    const ours =
      text
        .split('\n')
        .filter((line) => line.includes('lorekeep_'))
        .join('\n') + '\n';
    const { status, stderr } = spawnSync(PROMTOOL ?? '', ['check', 'metrics'], {
      input: ours,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('gives metrics to the bearer of the token alone, where there is one', async () => {
    const url = await stack.gateway({ METRICS_TOKEN: 'a-token-for-the-scraper' });
    const scrape = (authorization?: string) =>
      fetch(`${url}/metrics`, authorization ? { headers: { authorization } } : {}).then(
        ({ status }) => status,
      );
    expect(await scrape()).toBe(401);
    expect(await scrape('Bearer wrong')).toBe(401);
    expect(await scrape('Bearer a-token-for-the-scraper')).toBe(200);
  });
});
