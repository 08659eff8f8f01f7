import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { findTools } from '../support/find-tools.mjs';
import { startStack, type Stack } from '../support/stack.js';
import { writeTinyPairModel } from '../support/tiny-model.js';
import { until } from '../support/until.js';

// The model knows two words: open and shut.
const ADDON = (findTools().found as { CLASSIFIER_ADDON?: string }).CLASSIFIER_ADDON ?? '';
const withAddon = ADDON === '' ? describe.skip : describe;
const CANTEEN = '# Canteen\n\n## Sundays\n\nOn Sundays the canteen of the harbour office is open.\n';
const QUESTION = 'Is the canteen of the harbour office open on Sundays?';
const RIGHT = 'On Sundays, the canteen of the office at the harbour is open [1].';
const WRONG = 'On Sundays, the canteen of the office at the harbour is shut [1].';
const PLACEHOLDER = '(Withheld here: what its source does not support.) [1]';

const ready = async (url: string) =>
  (await (await fetch(`${url}/readyz`)).json()) as { status: string; checks: Record<string, string> };
const becomes = (url: string, state: string) =>
  until(async () => ((await ready(url)).checks['entailment'] === state ? true : null));
const shownOf = async (stack: Stack) =>
  ((await stack.admin.call('GET', '/api/admin/model-servers')).body as { entailment: unknown }).entailment;

async function withCanteen(settings: Record<string, string>): Promise<{ stack: Stack; vllm: FakeVllm }> {
  const vllm = await startFakeVllm(['--model', 'm']);
  const stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm', ...settings });
  const { body } = await stack.admin.call('POST', '/api/collections', { slug: 'h', name: 'Handbook' });
  const { id } = body as { id: string };
  const readers = { readers: [{ principal: 'everyone', effect: 'allow' }] };
  await stack.admin.call('PUT', `/api/collections/${id}/readers`, readers);
  const uploaded = await stack.admin.upload(id, 'canteen.md', CANTEEN);
  await stack.admin.settled((uploaded.body as { id: string }).id);
  await vllm.script({ content: [`${RIGHT} `, 'On Sundays, the canteen of', WRONG.slice(26)], reasoning: [] });
  return { stack, vllm };
}

withAddon('an entailment model of the operator', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'lorekeep-entailment-'));
    await writeTinyPairModel(join(home, 'tiny'));
    ({ stack, vllm } = await withCanteen({
      INFERENCE_ENTAILMENT_FOLDER: join(home, 'tiny'),
      INFERENCE_ENTAILMENT_ADDON: ADDON,
      // A busy machine must not decide what is seen here.
      INFERENCE_ENTAILMENT_TIMEOUT_MS: '5000',
    }));
    await becomes(stack.url, 'ok');
  }, 90_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('has a contradicted sentence marked that the words pass, and kept with the message and in the audit', async () => {
    const anna = await stack.person('anna@first.example');
    const { events, text } = await anna.ask(QUESTION);
    expect(text).toBe(`${RIGHT} ${WRONG}`);
    const mark = {
      ...{ start: RIGHT.length + 1, end: text.length },
      ...{ reason: 'entailment', withheld: false },
    };
    expect(events.filter(({ kind }) => kind === 'groundedness')).toEqual([{ kind: 'groundedness', ...mark }]);
    const accepted = events.find(({ kind }) => kind === 'accepted');
    const path = `/api/conversations/${String(accepted?.conversationId)}`;
    expect((await anna.call('GET', path)).body).toMatchObject({
      messages: [{ marks: [] }, { marks: [mark] }],
    });
    const { text: exported } = await anna.call('GET', `${path}/export?format=markdown`);
    expect(exported).toContain('> Not supported by its source (the source contradicts it): On Sundays, the');
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const audit = await auditor.call('GET', '/api/audit?limit=20');
    expect(audit.text).toContain('"unsupported":{"entailment":1}');
    expect(audit.text).toContain('"entailment":{"asked":2,"unanswered":0}');
    expect(await shownOf(stack)).toEqual({ state: 'ready', reason: null });
  });

  it('has it withheld where the tenant wants that', async () => {
    const { body } = await stack.admin.call('GET', '/api/admin/settings');
    await stack.admin.call('PUT', '/api/admin/settings', { ...(body as object), groundedness: 'withhold' });
    const { text, raw } = await (await stack.person('bert@first.example')).ask(QUESTION);
    expect(text).toBe(`${RIGHT} ${PLACEHOLDER}`);
    expect(raw).not.toContain('shut');
  });
});

describe('an entailment model that cannot be opened', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  beforeAll(async () => {
    const folder = join(tmpdir(), 'lorekeep-no-such-folder');
    ({ stack, vllm } = await withCanteen({ INFERENCE_ENTAILMENT_FOLDER: folder }));
  }, 90_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  it('is told at the start, by health and to administrators; the comparison of words stands', async () => {
    await becomes(stack.url, 'unavailable');
    expect((await ready(stack.url)).status).toBe('degraded');
    const reason = 'the folder of the entailment model has no config.json';
    expect(await shownOf(stack)).toEqual({ state: 'failed', reason });
    expect(stack.logs()).toContain('the entailment model cannot be used; the comparison of words stands');
    expect(stack.logs()).toContain(reason);
    const anna = await stack.person('anna@first.example');
    const { events, text } = await anna.ask(QUESTION);
    expect(text).toBe(`${RIGHT} ${WRONG}`);
    expect(events.filter(({ kind }) => kind === 'groundedness')).toEqual([]);
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const audit = await auditor.call('GET', '/api/audit?limit=20');
    expect(audit.text).toContain('"unanswered":2');
  });
});
