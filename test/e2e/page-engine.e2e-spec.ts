import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { CHROMIUM, launchBrowser, seriousFindings, visit, type Visit, picture } from '../support/browser.js';
import { startTestEngine, type TestEngine } from '../support/engine-host.js';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const KEY = 'a-key-for-hosts-of-32-characters-and-more';
const LONG_MS = 45_000;

(CHROMIUM ? describe : describe.skip)('a model that does not start, on the page in Chinese', () => {
  let stack: Stack;
  let browser: Browser;
  let phone: Visit;
  let engine: TestEngine | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
    stack = await startStack(
      { INFERENCE_REGISTRATION_KEY: KEY, INFERENCE_WATCH_MS: '200' },
      { worker: false },
    );
    const hua = await stack.person('hua@first.example', { roles: ['admin'] });
    await hua.call('PATCH', '/api/account', { locale: 'zh' });
    phone = await visit(browser, { locale: 'zh-CN', width: 360, height: 740, colorScheme: 'dark' });
    const { page } = phone;
    await page.goto(stack.url);
    await page.getByLabel('邮箱').fill('hua@first.example');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '您的问题' }).waitFor();
  }, 240_000);
  afterEach(async () => {
    await engine?.remove();
    engine = undefined;
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const start = (starts: Record<string, unknown>[], more: Record<string, string> = {}) =>
    startTestEngine({
      starts,
      environment: { ENGINE_GATEWAYS: stack.url, ENGINE_REGISTRATION_KEY: KEY, ...more },
    });

  async function shows(state: string, texts: readonly (string | RegExp)[], name: string): Promise<void> {
    const { page } = phone;
    // The page looks again every 15 s only.
    await until(async () => {
      const { body } = await stack.admin.call('GET', '/api/admin/model-servers');
      const { servers } = body as { servers: { instances: { state: string }[] }[] };
      return servers.some(({ instances }) => instances.some((instance) => instance.state === state));
    }, LONG_MS);
    await page.goto(`${stack.url}/admin/overview`);
    const section = page.getByRole('region', { name: '模型服务器' });
    for (const text of texts) await section.getByText(text).first().waitFor({ timeout: LONG_MS });
    expect(await section.innerText()).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/);
    await section.scrollIntoViewIfNeeded();
    await picture(section, name);
    expect(await seriousFindings(page)).toEqual([]);
  }

  it('says when it is tried again, and why it ended', async () => {
    engine = await start([{ fail: 'port-taken' }], { ENGINE_BACKOFF_SECONDS: '60' });
    await shows(
      'backoff',
      ['等待重新启动', '上次结束的原因：端口已被其他程序占用。', /重新启动$/],
      'engine-backoff-zh',
    );
  });

  it('says that it has failed, and what to do', async () => {
    engine = await start([{ fail: 'truncated-weights' }]);
    await shows('failed', ['失败', /某个权重文件已损坏或不完整/], 'engine-failed-zh');
  });

  it('names the rungs that it took down', async () => {
    engine = await start([{ oomAboveSequences: 7 }]);
    await engine.reached('ready', LONG_MS);
    await phone.page.goto(`${stack.url}/admin/overview`);
    const rungs = phone.page.getByText('最近的降级');
    await rungs.waitFor({ timeout: LONG_MS });
    await rungs.press('Enter');
    await phone.page
      .getByText(/同时回答 4 个/)
      .first()
      .waitFor();
    await picture(phone.page, 'engine-rungs-zh');
    expect(phone.complaints).toEqual([]);
  });
});
