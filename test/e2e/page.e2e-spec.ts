import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM, launchBrowser, seriousFindings, visit, type Visit, picture } from '../support/browser.js';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

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
    browser = await launchBrowser();
    stack = await startStack();
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
  }, 240_000);
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
    await desk.context.clearCookies();
    await page.goto(stack.url);
    await page.getByLabel('E-mail').fill('employee@first.example');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'sign-in');
    await signIn(page, 'employee@first.example');
  });

  it('streams a cited answer; a chip opens the document at the passage', async () => {
    const { page } = desk;
    await page.goto(`${stack.url}/ask`);
    await ask(page, 'How many days of annual leave do I get?');
    await page.getByText('27 days of annual leave').first().waitFor();
    await page
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click();
    await page.getByText('Up to 5 days may be carried over').last().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'answer');
    await page.reload();
    await page.getByText('27 days of annual leave').first().waitFor();
  });

  it('shows a refusal as a card with its reference', async () => {
    const { page } = desk;
    await page.goto(`${stack.url}/ask`);
    await ask(page, "x' UNION SELECT username, password FROM users; DROP TABLE users;--");
    await page.getByText('This question was not let through').waitFor();
    await page.getByText(/[0-9a-f]{32}/).waitFor();
    await picture(page, 'refusal');
  });

  it.each([
    ['the field', { width: 1280 }, 'Your question'],
    ['the button below, on a phone', { width: 360, touch: true }, 'Ask'],
  ])('goes on at %s after a question is asked again', async (_place, screen, name) => {
    const { context, page } = await visit(browser, screen);
    await context.addCookies(await desk.context.cookies());
    await page.goto(`${stack.url}/ask`);
    await ask(page, 'How many days of annual leave do I get?');
    const again = page.getByRole('button', { name: 'Ask again' });
    await again.click();
    await page.getByText('27 days of annual leave').nth(1).waitFor();
    await again.waitFor();
    await until(async () => (await page.evaluate('document.activeElement.ariaLabel')) === name);
    await context.close();
  });

  it('shows a desk that one may not see as a refusal alone', async () => {
    const { context, page } = await visit(browser);
    await context.addCookies(await desk.context.cookies());
    for (const path of ['/audit', '/audit/findings']) {
      await page.goto(stack.url + path);
      await page.getByText('You may not do this').waitFor();
      const main = page.getByRole('main');
      expect(await main.getByRole('button').allTextContents()).toEqual(['Try again']);
      expect(await main.locator('input, select, a').count()).toBe(0);
    }
    await context.close();
  });

  it('says what was taken out of a question before the model saw it', async () => {
    const { page } = desk;
    await page.goto(`${stack.url}/ask`);
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
    await picture(other.page, `home-${colorScheme}-${locale}-${width}`);
    expect(other.complaints).toEqual([]);
    await other.context.close();
  });

  it('makes a key that is shown once, and lists the sessions', async () => {
    const { page } = desk;
    await page.goto(`${stack.url}/account/keys`);
    await page.getByRole('button', { name: 'New key' }).click();
    const name = `My editor ${randomUUID().slice(0, 4)}`;
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Create' }).click();
    expect(await page.getByRole('dialog').locator('code').textContent()).toMatch(/^lk-/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row').filter({ hasText: name }).getByText('Active').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'keys');
    await page.goto(`${stack.url}/account/sessions`);
    await page.getByText('This one').waitFor();
  });

  it('complains about nothing: no script error, nothing against the content security policy', () => {
    expect(desk.complaints).toEqual([]);
  });
});
