import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM, launchBrowser, seriousFindings, visit, type Visit } from '../support/browser.js';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';

const SHOTS = '.lorekeep/screenshots';
const LEAVE = `# Leave

## Annual leave

Every employee gets 27 days of annual leave a year. Up to 5 days may be carried over until 31 March.
`;
const inBrowser = CHROMIUM ? describe : describe.skip;

inBrowser('the page in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let desk: Visit;

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
    await stack.person('employee@first.example');
    await stack.person('auditor@first.example', { roles: ['auditor'] });
    const { body } = await stack.admin.call('POST', '/api/collections', {
      slug: 'handbook',
      name: 'Handbook',
    });
    const { id } = body as { id: string };
    const readers = { readers: [{ principal: 'everyone', effect: 'allow' }] };
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, readers);
    const uploaded = await stack.admin.upload(id, 'leave.md', LEAVE);
    await stack.admin.settled((uploaded.body as { id: string }).id);
    desk = await visit(browser);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function signIn(page: Page, email: string): Promise<void> {
    await page.goto(stack.url);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /New question|Search/ })
      .first()
      .waitFor();
  }

  async function ask(page: Page, question: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Your question' }).fill(question);
    await page.keyboard.press('Enter');
  }

  it('says one sentence for a wrong password, and signs in with the right one', async () => {
    const { page } = desk;
    await page.goto(stack.url);
    await page.getByLabel('E-mail').fill('employee@first.example');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: `${SHOTS}/sign-in.png` });
    await signIn(page, 'employee@first.example');
  });

  it('streams a cited answer; a chip opens the document at the passage', async () => {
    const { page } = desk;
    await ask(page, 'How many days of annual leave do I get?');
    await page.getByText('27 days of annual leave').first().waitFor();
    await page
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click();
    await page.getByText('Up to 5 days may be carried over').last().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: `${SHOTS}/answer.png` });
    await page.reload();
    await page.getByText('27 days of annual leave').first().waitFor();
  });

  it('shows a refusal as a card with its reference', async () => {
    const { page } = desk;
    await ask(page, "x' UNION SELECT username, password FROM users; DROP TABLE users;--");
    await page.getByText('This question was not let through').waitFor();
    await page.getByText(/[0-9a-f]{32}/).waitFor();
    await page.screenshot({ path: `${SHOTS}/refusal.png` });
  });

  it('says what was taken out of a question before the model saw it', async () => {
    const { page } = desk;
    await ask(page, 'My key is AKIAQ3EGRZ7TWPNB5XKM. How many days of annual leave do I get?');
    await page.getByText('1 secret was taken out').first().waitFor();
    await page.reload();
    await page.getByText('27 days of annual leave').first().waitFor();
    expect(await page.content()).not.toContain('AKIAQ3EGRZ7TWPNB5XKM');
  });

  it.each([
    ['dark', 'en-GB', 1280],
    ['light', 'zh-CN', 1280],
    ['dark', 'zh-CN', 360],
    ['light', 'en-GB', 360],
  ] as const)('stands in %s, %s, at %i pixels', async (colorScheme, locale, width) => {
    const other = await visit(browser, { colorScheme, locale, width });
    await other.context.addCookies(await desk.context.cookies());
    await other.page.goto(stack.url);
    await other.page.getByRole('textbox').first().waitFor();
    const wide = await other.page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(wide).toBe(false);
    expect(await seriousFindings(other.page)).toEqual([]);
    await other.page.screenshot({ path: `${SHOTS}/home-${colorScheme}-${locale}-${width}.png` });
    expect(other.complaints).toEqual([]);
    await other.context.close();
  });

  it('complains about nothing: no script error, nothing against the content security policy', () => {
    expect(desk.complaints).toEqual([]);
  });
});
