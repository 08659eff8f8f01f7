import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM, launchBrowser, visit } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';

const INJECTION = "x' UNION SELECT username, password FROM users; DROP TABLE users;--";
const CHINESE = /\p{Script=Han}/u;
const inBrowser = CHROMIUM ? it : it.skip;

describe('the language of somebody who has chosen none', () => {
  let stack: Stack;
  let browser: Browser | undefined;
  let dai: Client;

  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
    dai = await stack.person('dai@first.example');
    if (CHROMIUM) browser = await launchBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const localeOf = async (person: Client): Promise<unknown> =>
    ((await person.call('GET', '/api/session')).body as { locale: unknown }).locale;
  const refusal = async (person: Client, language: string): Promise<string> =>
    (await person.raw('POST', '/api/ask', { question: INJECTION }, { 'accept-language': language })).text();

  it('is that of the request, until one is chosen', async () => {
    const anna = await stack.person('anna@first.example');
    expect(await localeOf(anna)).toBeNull();
    expect(await refusal(anna, 'zh-CN,zh;q=0.9')).toMatch(CHINESE);
    expect(await refusal(anna, 'de,en;q=0.5')).not.toMatch(CHINESE);
    expect((await anna.call('PATCH', '/api/account', { locale: 'en' })).body).toMatchObject({ locale: 'en' });
    expect(await refusal(anna, 'zh-CN')).not.toMatch(CHINESE);
    await anna.call('PATCH', '/api/account', { locale: 'zh' });
    expect(await refusal(anna, 'en')).toMatch(CHINESE);
    expect((await anna.call('PATCH', '/api/account', { locale: null })).body).toMatchObject({ locale: null });
    expect(await refusal(anna, 'en')).not.toMatch(CHINESE);
  });

  it('is given back to the browser by an administrator', async () => {
    const bo = await stack.person('bo@first.example');
    const { id } = (await bo.call('PATCH', '/api/account', { locale: 'zh' })).body as { id: string };
    const changed = await stack.admin.call('PATCH', `/api/admin/users/${id}`, { locale: null });
    expect(changed).toMatchObject({ status: 200, body: { locale: null } });
    expect(await localeOf(bo)).toBeNull();
  });

  it('is that of the request with an API key too', async () => {
    const cai = await stack.person('cai@first.example');
    const made = await cai.call('POST', '/api/keys', { name: 'script', scopes: ['ask'] });
    const asked = async (language: string): Promise<string> => {
      const response = await fetch(`${stack.url}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${(made.body as { key: string }).key}`,
          ...{ 'content-type': 'application/json', 'accept-language': language },
        },
        body: JSON.stringify({ model: 'extractive', messages: [{ role: 'user', content: INJECTION }] }),
      });
      return response.text();
    };
    expect(await asked('zh')).toMatch(CHINESE);
    expect(await asked('*')).not.toMatch(CHINESE);
  });

  inBrowser(
    'is that of the page, which follows the browser until one is chosen',
    async () => {
      await dai.call('PATCH', '/api/account', { locale: null });
      const opened = async (locale: string): Promise<Page> => {
        const { page } = await visit(browser as Browser, { locale });
        await page.goto(stack.url);
        await page.getByLabel(/E-mail|邮箱/).fill('dai@first.example');
        await page.getByLabel(/^(Password|密码)$/).fill(PASSWORD);
        await page.keyboard.press('Enter');
        return page;
      };
      await (await opened('en-GB')).getByRole('textbox', { name: 'Your question' }).waitFor();
      const page = await opened('zh-CN');
      const question = page.getByRole('textbox', { name: '您的问题' });
      await question.fill(INJECTION);
      await question.press('Enter');
      await page.getByText('这个问题未获通过').waitFor();
      expect(await page.getByRole('main').innerText()).not.toMatch(/This question/);
      const stored = page.waitForResponse((response) => response.url().endsWith('/api/account'));
      await page.getByRole('button', { name: 'dai@first.example' }).click();
      await page.getByRole('menuitemradio', { name: 'English' }).click();
      await stored;
      await (await opened('zh-CN')).getByRole('textbox', { name: 'Your question' }).waitFor();
      const forgotten = page.waitForResponse((response) => response.url().endsWith('/api/account'));
      await page.getByRole('menuitemradio', { name: 'As the browser' }).click();
      expect(await (await forgotten).json()).toMatchObject({ locale: null });
      await page.getByRole('menuitemradio', { name: '跟随浏览器', checked: true }).waitFor();
      await page.reload();
      await page.getByRole('textbox', { name: '您的问题' }).waitFor();
      await (await opened('en-GB')).getByRole('textbox', { name: 'Your question' }).waitFor();
    },
    240_000,
  );
});
