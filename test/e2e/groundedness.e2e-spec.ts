import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CHROMIUM, launchBrowser, seriousFindings, visit } from '../support/browser.js';
import type { Asked, Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';

const LEAVE = `# Leave

## Annual leave

Every employee gets 27 days of annual leave a year. Up to 5 days may be carried over until 31 March.
`;
const QUESTION = 'How many days of annual leave do I get?';
const WRONG = {
  content: [
    'Every employee gets 72 ',
    'days of annual leave',
    ' [1]. Up to 5 days',
    ' may be carried over [1].',
  ],
  reasoning: [],
};
const FIRST = 'Every employee gets 72 days of annual leave [1].';
const SECOND = 'Up to 5 days may be carried over [1].';
const PLACEHOLDER = '(Withheld here: what its source does not support.) [1]';

/** What the first event of an answer names. */
function accepted({ events }: Asked): { conversationId: string; messageId: string } {
  const first = events.find(({ kind }) => kind === 'accepted');
  return { conversationId: String(first?.conversationId), messageId: String(first?.messageId) };
}

describe('a model that answers with a wrong number', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let anna: Client;
  let auditor: Client;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_MODELS: 'm' });
    anna = await stack.person('anna@first.example');
    auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const { body } = await stack.admin.call('POST', '/api/collections', { slug: 'h', name: 'Handbook' });
    const { id } = body as { id: string };
    const readers = { readers: [{ principal: 'everyone', effect: 'allow' }] };
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, readers);
    const uploaded = await stack.admin.upload(id, 'leave.md', LEAVE);
    await stack.admin.settled((uploaded.body as { id: string }).id);
  }, 90_000);
  beforeEach(() => vllm.script(WRONG));
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  async function set(groundedness: string): Promise<void> {
    const { body } = await stack.admin.call('GET', '/api/admin/settings');
    const changed = { ...(body as object), groundedness };
    expect(await stack.admin.call('PUT', '/api/admin/settings', changed)).toMatchObject({ status: 200 });
  }
  async function chat(): Promise<Record<string, unknown>> {
    const { body } = await stack.admin.call('POST', '/api/keys', { name: 'sdk', scopes: ['ask'] });
    const authorization = `Bearer ${(body as { key: string }).key}`;
    const asked = { model: 'm', messages: [{ role: 'user', content: QUESTION }] };
    const answer = await anna.call('POST', '/v1/chat/completions', asked, { authorization });
    return answer.body as Record<string, unknown>;
  }

  it('has the sentence marked on its way, over /v1 and in the audit', async () => {
    const { events, text } = await anna.ask(QUESTION);
    expect(text).toBe(`${FIRST} ${SECOND}`);
    const marks = events.filter(({ kind }) => kind === 'groundedness');
    expect(marks).toEqual([
      { kind: 'groundedness', start: 0, end: FIRST.length, reason: 'number', withheld: false },
    ]);
    expect(await chat()).toMatchObject({
      lorekeep: {
        unsupported: [{ choice: 0, start: 0, end: FIRST.length, reason: 'number', withheld: false }],
      },
    });
    const audit = await auditor.call('GET', '/api/audit?limit=20');
    expect(audit.text).toContain('"unsupported":{"number":1}');
  });

  it('has it marked when it is looked at again, and in what is exported', async () => {
    const path = `/api/conversations/${accepted(await anna.ask(QUESTION)).conversationId}`;
    const mark = { start: 0, end: FIRST.length, reason: 'number', withheld: false };
    const { body } = await anna.call('GET', path);
    expect(body).toMatchObject({ messages: [{ marks: [] }, { marks: [mark] }] });
    const { text } = await anna.call('GET', `${path}/export?format=markdown`);
    expect(text).toContain('> Not supported by its source (a number is another one): Every employee gets 72');
    const json = await anna.call('GET', `${path}/export?format=json`);
    expect(JSON.parse(json.text)).toMatchObject({ messages: [{}, { marks: [mark] }] });
    expect((await anna.call('DELETE', path)).status).toBe(204);
    expect((await anna.call('GET', path)).status).toBe(404);
  });

  it('has it marked in a draft, until the sentence is written anew', async () => {
    const drafter = await stack.person('drafter@first.example', { roles: ['support'] });
    const path = `/api/drafts/${accepted(await drafter.ask(QUESTION, {}, '/api/drafts')).messageId}`;
    const marks = [{ start: 0, end: FIRST.length, reason: 'number', withheld: false }];
    expect((await drafter.call('GET', path)).body).toMatchObject({ state: 'draft', marks });
    const edit = async (content: string) => (await drafter.call('PATCH', path, { content })).body;
    expect(await edit(`Hello. ${FIRST}`)).toMatchObject({
      marks: [{ start: 7, end: 7 + FIRST.length }],
    });
    expect(await edit('Every employee gets 27 days.')).toMatchObject({ marks: [] });
  });

  it('has it withheld where the tenant wants that', async () => {
    await set('withhold');
    const { events, raw, text } = await anna.ask(QUESTION);
    expect(text).toBe(`${PLACEHOLDER} ${SECOND}`);
    expect(raw).not.toContain('gets 72');
    expect(events.find(({ kind }) => kind === 'groundedness')).toMatchObject({ start: 0, withheld: true });
    expect(await chat()).toMatchObject({
      choices: [{ message: { content: `${PLACEHOLDER} ${SECOND}` } }],
      lorekeep: { unsupported: [{ reason: 'number', withheld: true }] },
    });
    await set('mark');
  });

  const inBrowser = CHROMIUM ? it : it.skip;
  inBrowser(
    'is seen on the page, with the reason in reach of the keyboard',
    async () => {
      const browser = await launchBrowser();
      try {
        const { page } = await visit(browser);
        await page.goto(stack.url);
        await page.getByLabel('E-mail').fill('anna@first.example');
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.keyboard.press('Enter');
        const composer = page.getByRole('textbox', { name: 'Your question' });
        await composer.fill(QUESTION);
        await page.keyboard.press('Enter');
        const marked = page.locator('[data-unsupported=number]');
        await marked.waitFor();
        expect(await marked.textContent()).toContain('gets 72 days');
        expect(await marked.textContent()).not.toContain('carried over');
        const note = marked.getByRole('note');
        expect(await note.getAttribute('aria-label')).toMatch(/^Not supported by its source\. .+number/);
        await note.focus();
        await page.getByRole('tooltip').waitFor();
        await page.reload();
        await marked.waitFor();
        expect(await marked.textContent()).toContain('gets 72 days');
        expect(await note.getAttribute('aria-label')).toMatch(/number/);
        expect(await seriousFindings(page)).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
