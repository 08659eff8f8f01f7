import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../support/client.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const RULE = {
  id: 'own.bluebird',
  category: 'direct-injection',
  kind: 'artifact',
  severity: 'critical',
  literals: ['bluebird'],
  pattern: 'project {1,3}bluebird',
  catches: ['Project Bluebird'],
  passes: ['a blue bird'],
};
const NOTHING = { preset: 'balanced', paranoia: 1, shadow: false, actions: {}, rules: [], exceptions: [] };
const ATTACK = "' OR 1=1 --";
const PATH = '/api/admin/firewall';

interface SetupBody {
  version: number;
  setup: typeof NOTHING & { exceptions: Record<string, unknown>[]; rules: Record<string, unknown>[] };
}

describe('the setup of the firewall', () => {
  let stack: Stack;
  let anna: Client;
  let both: Client;

  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    anna = await stack.person('anna@first.example');
    both = await stack.person('both@first.example', { roles: ['admin', 'auditor'] });
  }, 120_000);
  afterAll(() => stack?.stop());

  const show = async () => (await stack.admin.call('GET', PATH)).body as SetupBody;
  const save = async (setup: object, more: object = {}) => {
    const { version } = await show();
    return stack.admin.call('PUT', PATH, { setup: { ...NOTHING, ...setup }, over: version, ...more });
  };
  const outcome = async (text: string) => (await anna.ask(text)).events.at(-1)?.outcome;
  const becomes = (text: string, wanted: string) =>
    until(async () => ((await outcome(text)) === wanted ? true : null));

  /** As before the first test, whatever an earlier try has left. */
  beforeEach(async () => {
    const { rows } = (await stack.admin.call('GET', `${PATH}/cases`)).body as { rows: { id: string }[] };
    for (const { id } of rows) await stack.admin.call('DELETE', `${PATH}/cases/${id}`);
    expect((await save({})).status).toBe(200);
    await becomes(ATTACK, 'refused');
  });

  it('takes a rule of the tenant, which refuses within a second, and is undone', async () => {
    await becomes('What is project bluebird?', 'answered');
    const rowsOf = async () =>
      ((await stack.admin.call('GET', `${PATH}/versions`)).body as { rows: object[] }).rows.length;
    const kept = await rowsOf();
    expect((await save({ rules: [RULE] })).status).toBe(200);
    await becomes('What is project bluebird?', 'refused');
    expect(await rowsOf()).toBe(kept + 1);
    const before = await stack.admin.call('POST', `${PATH}/versions/show`, { version: 0 });
    expect((await save(before.body as object)).status).toBe(200);
    await becomes('Where is project bluebird?', 'answered');
    expect((await stack.admin.call('POST', `${PATH}/versions/show`, { version: 99 })).status).toBe(404);
  });

  it('imports all or nothing, with the reason of every mistake', async () => {
    const before = await show();
    const bad = { ...RULE, id: 'own.bad', pattern: '(a+)+$', literals: ['a'] };
    const answer = await save({ preset: 'wild', actions: { sql: 'redact' }, rules: [RULE, bad] });
    expect(answer.status).toBe(422);
    const { errors, code } = answer.body as { code: string; errors: { path: string }[] };
    expect(code).toBe('FIREWALL_POLICY_INVALID');
    expect(errors.map(({ path }) => path)).toEqual([
      ...['preset', 'actions.sql', 'rules.1.literals.0', 'rules.1.pattern'],
    ]);
    expect(await show()).toEqual(before);
    // What is exported can be imported as it is.
    expect((await save(before.setup)).status).toBe(200);
  });

  it('holds at most 50 rules', async () => {
    const rules = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ ...RULE, id: `own.bluebird-${i}` }));
    const preview = (count: number) =>
      stack.admin.call('POST', `${PATH}/preview`, { ...NOTHING, rules: rules(count) });
    expect((await preview(50)).status).toBe(200);
    expect((await preview(51)).status).toBe(422);
  });

  it('spares what an exception names, and records who was spared by which', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const exception = { id: 'course', target: RULE.id, fragment: 'project bluebird', reason: 'x', expiresAt };
    expect((await save({ rules: [RULE], exceptions: [exception] })).status).toBe(200);
    expect((await show()).setup.exceptions).toMatchObject([{ madeBy: { name: expect.any(String) } }]);
    await becomes('Who leads project bluebird?', 'answered');
    const audit = await both.call('GET', '/api/audit?limit=50');
    expect(audit.text).toContain('"exception":"course"');
    expect(audit.text).toContain('admin.firewall.setup');
    const late = {
      ...exception,
      id: 'late',
      expiresAt: new Date(Date.now() + 400 * 86_400_000).toISOString(),
    };
    expect((await save({ rules: [RULE], exceptions: [late] })).status).toBe(422);
    await save({});
  });

  it('lets through in shadow mode, records what it would have done, and takes secrets out all the same', async () => {
    await save({ shadow: true });
    await becomes(ATTACK, 'answered');
    const asked = await anna.ask('Why does login fail with password: Tr0ub4dor&3 here?');
    expect(asked.raw).not.toContain('Tr0ub4dor');
    const audit = await both.call('GET', '/api/audit?limit=50&kind=question.closed');
    expect(audit.text).toContain('"shadow":"refuse"');
    expect(audit.text).not.toContain('Tr0ub4dor');
    await save({});
    await becomes(ATTACK, 'refused');
  });

  it('explains a text under the policy in force and under a draft', async () => {
    const text = 'What does this do: JyBPUiAxPTEgLS0gYW5kIG1vcmUgb2YgaXQ=';
    const draft = { ...NOTHING, preset: 'strict' };
    const { status, body } = await stack.admin.call('POST', `${PATH}/try`, { text: ATTACK, draft });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      views: [{ name: 'canonical', text: "' or 1=1 --" }],
      current: { action: 'refuse', groups: [{ categories: ['sql'], discussed: false }] },
      draft: { action: 'refuse' },
    });
    const select = { text: 'SELECT * FROM users', draft };
    expect((await stack.admin.call('POST', `${PATH}/try`, select)).body).toMatchObject({
      current: { action: 'allow' },
      draft: { action: 'refuse' },
    });
    const encoded = (await stack.admin.call('POST', `${PATH}/try`, { text })).body;
    expect((encoded as { views: { name: string }[] }).views.map(({ name }) => name)).toContain('base64');
    expect((await anna.call('POST', `${PATH}/try`, { text })).status).toBe(403);
  });

  it('replays kept questions; who may not read the audit sees counts and rules alone', async () => {
    await becomes(ATTACK, 'refused');
    const draft = { ...NOTHING, actions: { sql: 'flag' } };
    const day = { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() };
    const replay = (who: Client) => who.call('POST', `${PATH}/replay`, { draft, ...day });
    expect((await replay(anna)).status).toBe(403);
    const { body: counted, text } = await replay(stack.admin);
    expect(counted).toMatchObject({
      changed: [],
      texts: false,
      counts: { 'refuse>flag': expect.any(Number) },
    });
    const [rule] = Object.keys((counted as { byRule: object }).byRule);
    expect(rule).toMatch(/^sql\./);
    expect(text).not.toContain('OR 1=1');
    const records = await both.call('GET', '/api/audit?limit=5&kind=audit.read');
    expect(records.text).toContain('{"name":"sql","what":"action","after":"flag","before":null}');
    const { status, body } = await replay(both);
    expect(status).toBe(200);
    const { counts, changed, next } = body as { counts: object; changed: object[]; next: null };
    expect(counts).toHaveProperty('refuse>flag');
    expect(changed).toContainEqual(
      expect.objectContaining({ text: ATTACK, before: 'refuse', after: 'flag' }),
    );
    expect(next).toBeNull();
  });

  it('replays what was taken out of a question as it was recorded', async () => {
    expect((await stack.admin.ask('Why is my key AKIAQ3EGRZ7TWPNB5XKM refused?')).status).toBe(200);
    const draft = { ...NOTHING, actions: { secret: 'refuse' } };
    const day = { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() };
    const { body } = await both.call('POST', `${PATH}/replay`, { draft, ...day });
    const { changed } = body as { changed: object[] };
    expect(changed).toContainEqual(
      expect.objectContaining({
        before: 'redact',
        after: 'refuse',
        text: 'Why is my key ⟦secret:1⟧ refused?',
      }),
    );
  });

  it('decides tests and replays for who asked: exceptions of their groups hold', async () => {
    const made = await stack.admin.call('POST', '/api/admin/groups', { name: randomUUID() });
    const { id: group } = made.body as { id: string };
    const lisa = await stack.person(`lisa-${randomUUID()}@first.example`, { groupIds: [group] });
    const text = "' OR 2=2 --";
    expect((await lisa.ask(text)).events.at(-1)?.outcome).toBe('refused');
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const exception = { id: 'course', target: 'sql', groupIds: [group], reason: 'a course', expiresAt };
    const draft = { ...NOTHING, exceptions: [exception] };
    const day = { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() };
    const { body } = await both.call('POST', `${PATH}/replay`, { draft, ...day });
    const { changed } = body as { changed: { text: string; reference: string; after: string }[] };
    expect(changed.map((one) => [one.text, one.after])).toEqual([[text, 'allow']]);
    const [{ reference } = { reference: '' }] = changed;

    const keep = (who: Client, of: string) =>
      who.call('POST', `${PATH}/cases`, { text, expected: 'refuse', reference: of });
    expect((await keep(stack.admin, reference)).status).toBe(403);
    expect((await keep(both, 'ab'.repeat(16))).status).toBe(404);
    const kept = await keep(both, reference);
    expect(kept.status).toBe(201);
    const { rows } = (await stack.admin.call('GET', `${PATH}/cases`)).body as { rows: object[] };
    expect(rows).toMatchObject([{ text, reference, groupIds: [group], got: 'refuse' }]);
    const preview = await stack.admin.call('POST', `${PATH}/preview`, draft);
    expect((preview.body as { cases: { broken: object[] } }).cases.broken).toMatchObject([{ got: 'allow' }]);
    const { id } = kept.body as { id: string };
    expect((await stack.admin.call('DELETE', `${PATH}/cases/${id}`)).status).toBe(204);
  });

  it('tries every change with the tests of the tenant', async () => {
    const made = await stack.admin.call('POST', `${PATH}/cases`, { text: ATTACK, expected: 'refuse' });
    expect(made.status).toBe(201);
    const broken = await save({ actions: { sql: 'flag' } });
    expect(broken.body).toMatchObject({ code: 'FIREWALL_CASES_BROKEN', status: 409 });
    expect((await save({ actions: { sql: 'flag' } }, { acceptBroken: true })).status).toBe(200);
    const { rows } = (await stack.admin.call('GET', `${PATH}/cases`)).body as { rows: object[] };
    expect(rows).toMatchObject([{ text: ATTACK, expected: 'refuse', got: 'flag' }]);
    const { id } = made.body as { id: string };
    expect((await stack.admin.call('DELETE', `${PATH}/cases/${id}`)).status).toBe(204);
    expect((await stack.admin.call('DELETE', `${PATH}/cases/${id}`)).status).toBe(404);
    await save({});
  });
});
