import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { startStack, type Stack } from '../support/stack.js';

const KEY = 'AKIAQ3EGRZ7TWPNB5XKM';
const QUESTION = `Why is my key ${KEY} refused?`;
/** Cut within the placeholder, as a model's tokens are. */
const ECHO = { content: ['Your key ⟦', 'secret', ':1', '⟧ is old,', ' ⟦secret:2⟧ is not.'], reasoning: [] };
const SEEN = `Your key ${KEY} is old, ⟦secret:2⟧ is not.`;
const KEPT = 'Your key ⟦secret:1⟧ is old, ⟦secret:2⟧ is not.';

describe('secrets that a person typed', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let anna: Client;
  let auditor: Client;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' }, { worker: false });
    anna = await stack.person('anna@first.example');
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    await set({ keepAnswerText: true });
  }, 120_000);
  beforeEach(() => vllm.script(ECHO));
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  async function set(changes: object): Promise<void> {
    const { body } = await stack.admin.call('GET', '/api/admin/settings');
    const put = await stack.admin.call('PUT', '/api/admin/settings', { ...(body as object), ...changes });
    expect(put).toMatchObject({ status: 200, body: changes });
  }
  async function audited(): Promise<string> {
    const { status, text } = await auditor.call('GET', '/api/audit?limit=200');
    expect(status).toBe(200);
    return text;
  }

  it('are seen again in the answer, while model, history and audit have their placeholder', async () => {
    const { events, text } = await anna.ask(QUESTION);
    expect(text).toBe(SEEN);
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'answered' });
    const conversation = await anna.call('GET', `/api/conversations/${String(events[0]?.conversationId)}`);
    expect(conversation.body).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant', content: KEPT }],
    });
    expect(conversation.text).not.toContain(KEY);
    expect(await audited()).not.toContain(KEY);
    expect(JSON.stringify((await vllm.requests()).requests.map(({ body }) => body))).not.toContain(KEY);
  });

  it('are not in a draft that was kept, though they were seen in it', async () => {
    const { events, text } = await stack.admin.ask(QUESTION, {}, '/api/drafts');
    expect(text).toBe(SEEN);
    const draft = await stack.admin.call('GET', `/api/drafts/${String(events[0]?.messageId)}`);
    expect(draft.status).toBe(200);
    expect(draft.text).toContain('⟦secret:1⟧');
    expect(draft.text).not.toContain(KEY);
  });

  it('come back over /v1 too, in one piece and streamed', async () => {
    const { body } = await stack.admin.call('POST', '/api/keys', { name: 'sdk', scopes: ['ask'] });
    const authorization = `Bearer ${(body as { key: string }).key}`;
    const asked = { model: 'm', messages: [{ role: 'user', content: QUESTION }] };
    const whole = await anna.call('POST', '/v1/chat/completions', asked, { authorization });
    expect(whole.body).toMatchObject({ choices: [{ message: { content: SEEN } }] });
    const stream = await anna.call(
      'POST',
      '/v1/chat/completions',
      { ...asked, stream: true },
      { authorization },
    );
    const deltas = [...stream.text.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(
      ([, text = '""']) => JSON.parse(text) as string,
    );
    expect(deltas.join('')).toBe(SEEN);
    expect(await audited()).not.toContain(KEY);
  });

  it('stand in no row of the database and in no line of the log', async () => {
    const owner = new pg.Client({ connectionString: stack.database.ownerUrl });
    await owner.connect();
    const { rows: tenants } = await owner.query<{ id: string }>("select tenant_by_slug('main') as id");
    await owner.query("select set_config('app.tenant', $1, false), set_config('app.access', 'all', false)", [
      tenants[0]?.id,
    ]);
    try {
      const rowsWith = async (text: string): Promise<string[]> => {
        const { rows } = await owner.query<{ name: string }>(
          "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema)'",
        );
        const holding: string[] = [];
        for (const { name } of rows) {
          const found = await owner.query(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [
            text,
          ]);
          if (found.rows.length > 0) holding.push(name);
        }
        return holding;
      };
      // What is kept of the answers is found: so would be what must not be kept.
      expect((await rowsWith('⟦secret:1⟧ is old')).length).toBeGreaterThanOrEqual(3);
      expect(await rowsWith(KEY)).toEqual([]);
    } finally {
      await owner.end();
    }
    expect(stack.logs()).not.toContain(KEY);
  });

  it('stay away once the tenant wants that', async () => {
    await set({ giveBackSecrets: false });
    const { raw, text } = await anna.ask(QUESTION);
    expect(text).toBe(KEPT);
    expect(raw).not.toContain(KEY);
    await set({ giveBackSecrets: true });
    expect((await anna.ask(QUESTION)).text).toBe(SEEN);
  });
});
