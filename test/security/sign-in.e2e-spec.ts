import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';

describe('sign-ins at the same time', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    for (const name of ['anna', 'bert', 'carl']) await stack.person(`${name}@first.example`);
  }, 120_000);
  afterAll(() => stack?.stop());

  async function attempt(email: string, password: string): Promise<{ status: number; email?: string }> {
    const client = stack.client();
    const { status, body } = await client.call('POST', '/api/session', { email, password, tenant: 'main' });
    if (status !== 200) return { status };
    const me = await client.call('GET', '/api/session');
    expect((me.body as { email: string }).email).toBe((body as { email: string }).email);
    return { status, email: (body as { email: string }).email };
  }

  it('each get their own answer, right and wrong ones mixed', async () => {
    const people = ['anna', 'bert', 'carl'].map((name) => `${name}@first.example`);
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all([
        ...people.map((email) => attempt(email, PASSWORD)),
        ...people.map((email) => attempt(email, 'a-wrong-password')),
        attempt('nobody@first.example', PASSWORD),
      ]);
      expect(answers.slice(0, 3)).toEqual(people.map((email) => ({ status: 200, email })));
      for (const answer of answers.slice(3)) expect(answer.status).toBe(401);
    }
  });

  it('do not let a stranger a moment later in as the one before', async () => {
    for (const delay of [0, 1, 2, 5, 10]) {
      const owner = attempt('anna@first.example', PASSWORD);
      await new Promise((resolve) => setTimeout(resolve, delay));
      const stranger = attempt('nobody@x.example', 'whatever-it-is');
      expect(await owner).toEqual({ status: 200, email: 'anna@first.example' });
      expect((await stranger).status).toBe(401);
    }
  });
});
