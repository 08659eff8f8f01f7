import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startStack, type Stack } from '../support/stack.js';

const PATH = '/api/admin/firewall';
const NOTHING = { preset: 'balanced', paranoia: 1, shadow: false, actions: {}, rules: [], exceptions: [] };
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
const EXCEPTION = {
  id: 'course',
  target: 'sql',
  reason: 'a course',
  expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
};
const rules = (count: number) => Array.from({ length: count }, (_, i) => ({ ...RULE, id: `own.bird-${i}` }));
const exceptions = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...EXCEPTION, id: `course-${i}` }));
const ruleWith = (part: object) => ({ rules: [{ ...RULE, ...part }] });
const exceptionWith = (part: object) => ({ exceptions: [{ ...EXCEPTION, ...part }] });

describe('a policy that is imported', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    const kept = { ...NOTHING, shadow: true, rules: [RULE] };
    expect((await stack.admin.call('PUT', PATH, { setup: kept, over: 0 })).status).toBe(200);
  }, 120_000);
  afterAll(() => stack?.stop());

  const show = async () => (await stack.admin.call('GET', PATH)).body as { version: number };
  /** What refuses, and where; that nothing of it is in force is looked at each time. */
  const refused = async (body: unknown): Promise<[number, string[]]> => {
    const before = await show();
    const { status, body: problem } = await stack.admin.call('PUT', PATH, body);
    expect(await show()).toEqual(before);
    const { errors = [] } = problem as { errors?: { path: string; message: string }[] };
    return [status, errors.map(({ path, message }) => `${path}: ${message}`)];
  };
  const refusedSetup = async (part: object) =>
    refused({ setup: { ...NOTHING, ...part }, over: (await show()).version });

  it.each<[string, object, number, string]>([
    ['51 rules', { rules: rules(51) }, 422, 'rules: at most 50'],
    ['1,001 rules', { rules: rules(1_001) }, 400, 'setup.rules: at most 1000 entries'],
    ['201 exceptions', { exceptions: exceptions(201) }, 422, 'exceptions: at most 200'],
    ['a rule twice', { rules: [RULE, RULE] }, 422, 'rules.1.id: is there twice'],
    ['a rule of the product', ruleWith({ id: 'sql.tautology' }), 422, 'rules.0.id: must be own.'],
    ['an exception twice', { exceptions: [EXCEPTION, EXCEPTION] }, 422, 'exceptions.1.id: is there twice'],
    ['tests that it fails', ruleWith({ catches: ['nothing'] }), 422, 'rules.0.catches.0: is not caught'],
    [
      'tests that contradict each other',
      ruleWith({ passes: ['Project Bluebird'] }),
      422,
      'rules.0.passes.0: is caught by the rule',
    ],
    ['a pattern that backtracks', ruleWith({ pattern: '(b+)+$' }), 422, 'rules.0.pattern: has a repetition'],
    ['a back-reference', ruleWith({ pattern: '(b)\\1luebird' }), 422, 'rules.0.pattern: cannot be read'],
    ['a rule that is none', { rules: [null] }, 400, 'setup.rules.0: must be of type object'],
    ['a field too many', ruleWith({ evil: 1 }), 400, 'setup.rules.0: unknown field: evil'],
    ['a level as text', { paranoia: '1' }, 400, 'setup.paranoia: must be of type number'],
    [
      'a text too long',
      ruleWith({ catches: ['x'.repeat(2_001)] }),
      400,
      'setup.rules.0.catches.0: at most 2000',
    ],
    [
      'no time',
      exceptionWith({ expiresAt: 'tomorrow' }),
      400,
      'setup.exceptions.0.expiresAt: must be a time',
    ],
    [
      'a group that nobody has',
      exceptionWith({ groupIds: [randomUUID()] }),
      422,
      'exceptions.0.groupIds: names a group that does not exist',
    ],
  ])('is refused as a whole for %s', async (_, part, status, reason) => {
    const [got, reasons] = await refusedSetup({ preset: 'strict', ...part });
    expect([got, reasons[0]]).toEqual([status, expect.stringContaining(reason)]);
  });

  it('is refused where it names a group of another organisation', async () => {
    const other = await stack.tenant('second');
    const made = await other.call('POST', '/api/admin/groups', { name: randomUUID() });
    const { id } = made.body as { id: string };
    expect(await refusedSetup(exceptionWith({ groupIds: [id] }))).toEqual([
      422,
      ['exceptions.0.groupIds: names a group that does not exist'],
    ]);
  });

  it('is refused as no JSON, as too much of it, and from who does not administer', async () => {
    const whole = JSON.stringify({ setup: { ...NOTHING, rules: [RULE] }, over: 1 });
    expect((await refused(whole.slice(0, -20)))[0]).toBe(400);
    expect((await refused(`{"setup":"${'x'.repeat(10 * 1024 * 1024)}"}`))[0]).toBe(413);
    const before = await show();
    for (const roles of [['employee'], ['auditor']]) {
      const person = await stack.person(`${roles[0]}@first.example`, { roles });
      expect((await person.call('PUT', PATH, whole)).status).toBe(403);
      expect((await person.call('POST', `${PATH}/preview`, NOTHING)).status).toBe(403);
    }
    expect((await stack.client().call('PUT', PATH, whole)).status).toBe(401);
    expect(await show()).toEqual(before);
  });

  it('is taken with as much as there may be', async () => {
    const { version } = await show();
    const most = { ...NOTHING, rules: rules(50), exceptions: exceptions(200) };
    expect((await stack.admin.call('PUT', PATH, { setup: most, over: version })).status).toBe(200);
    expect((await show()).version).toBe(version + 1);
  });
});
