import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CHROMIUM, launchBrowser, seriousFindings, visit } from '../support/browser.js';
import { makeKettleHandbook } from '../support/kettle-handbook.js';
import { ADMIN, PASSWORD, startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const inBrowser = CHROMIUM ? it : it.skip;
const MESSAGE = 'How long is the warranty of the blue kettle?';

interface Draft {
  readonly content: string;
  readonly withheld: boolean;
  readonly state: string;
}

describe('a reply draft of which something is withheld', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack();
    await makeKettleHandbook(stack.admin);
  }, 120_000);
  afterAll(() => stack?.stop());

  /** A draft, and the word that its reply holds with the given action, in force. */
  async function drafted(action: 'redact' | 'stop') {
    // Until the word of the test before is in force no more.
    const { events } = await until(async () => {
      const asked = await stack.admin.ask(MESSAGE, {}, '/api/drafts');
      return asked.text.includes('blue kettle') && asked;
    });
    const path = `/api/drafts/${String(events[0]?.messageId)}`;
    const draft = async () => (await stack.admin.call('GET', path)).body as Draft;
    expect(await draft()).toMatchObject({ state: 'draft', withheld: false });
    const words = [{ text: 'blue kettle', action }];
    expect((await stack.admin.call('POST', '/api/admin/words', { words })).status).toBe(201);
    // A word is in force everywhere within a second.
    await until(async () => !(await draft()).content.includes('blue kettle'));
    return { path, draft, patch: (body: object) => stack.admin.call('PATCH', path, body) };
  }
  afterEach(async () => {
    const { body } = await stack.admin.call('GET', '/api/admin/words?search=kettle');
    for (const { id } of (body as { rows: { id: string }[] }).rows)
      await stack.admin.call('DELETE', `/api/admin/words/${id}`);
  });

  it.each(['redact', 'stop'] as const)(
    'says so, and is approved only where that is said to be meant (%s)',
    async (action) => {
      const { draft, patch } = await drafted(action);
      expect((await draft()).content.includes('▇▇▇')).toBe(action === 'redact');
      expect(await draft()).toMatchObject({ state: 'draft', withheld: true });
      const { body } = await stack.admin.call('GET', '/api/drafts');
      expect((body as { rows: Draft[] }).rows[0]).toMatchObject({ withheld: true });
      expect(await patch({ state: 'approved' })).toMatchObject({
        status: 409,
        body: { code: 'DRAFT_WITHHELD', errors: [{ path: 'acceptWithheld' }] },
      });
      expect(await draft()).toMatchObject({ state: 'draft' });
      const accepted = await patch({ state: 'approved', acceptWithheld: true });
      expect(accepted).toMatchObject({ status: 200, body: { state: 'approved', withheld: true } });
    },
  );

  it('is approved as it is put differently, and not where that is withheld too, nor changed then', async () => {
    const { draft, patch } = await drafted('redact');
    const before = (await draft()).content;
    for (const content of ['The blue kettle: 24 months [1].', 'The ▇▇▇: 24 months [1].'])
      expect(await patch({ content, state: 'approved' })).toMatchObject({
        status: 409,
        body: { code: 'DRAFT_WITHHELD' },
      });
    expect(await draft()).toMatchObject({ state: 'draft', content: before });
    const approved = await patch({ content: 'It lasts 24 months [1].', state: 'approved' });
    expect(approved).toMatchObject({ status: 200, body: { state: 'approved', withheld: false } });
    // An approved reply is changed and approved in one: what is new in it counts.
    expect((await patch({ content: 'The blue kettle.', state: 'approved' })).status).toBe(409);
  });

  inBrowser(
    'says so on the page, in the list too, and asks before it is approved',
    async () => {
      const { path } = await drafted('redact');
      const browser = await launchBrowser();
      try {
        const { page, complaints } = await visit(browser);
        await page.goto(stack.url);
        await page.getByLabel('E-mail').fill(ADMIN);
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.keyboard.press('Enter');
        await page.getByRole('textbox', { name: 'Your question' }).waitFor();
        await page.goto(stack.url + path.replace('/api', ''));
        await page.getByText('Something is withheld by policy.').waitFor();
        const list = page.getByRole('complementary', { name: 'Earlier drafts' });
        await list.getByText('Withheld in part').first().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        const approve = page.getByRole('button', { name: 'Approve', exact: true });
        await approve.click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText('The customer would get it like that.').waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await dialog.getByRole('button', { name: 'Cancel' }).click();
        await dialog.waitFor({ state: 'detached' });
        await approve.click();
        await dialog.getByRole('button', { name: 'Approve as it is' }).click();
        await page.getByRole('button', { name: 'Back to draft' }).waitFor();
        await dialog.waitFor({ state: 'detached' });
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
