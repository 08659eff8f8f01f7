import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHROMIUM, launchBrowser, seriousFindings, visit } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { startFakeVllm, type FakeVllm } from '../support/fake-vllm/start.js';
import { ADMIN, PASSWORD, startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

interface Shown {
  state: string;
  servers: { name: string; state: string; since: string | null }[];
  unserved: object[];
  quoted: string[];
}

describe('names of models, and a model server that is gone', () => {
  let vllm: FakeVllm;
  let stack: Stack;
  let anna: Client;

  beforeAll(async () => {
    vllm = await startFakeVllm(['--model', 'm']);
    stack = await startStack({ INFERENCE_URL: vllm.url, INFERENCE_WATCH_MS: '300' }, { worker: false });
    anna = await stack.person('anna@first.example');
    await until(async () => (await shown()).servers[0]?.state === 'up');
  }, 90_000);
  afterAll(async () => {
    await stack?.stop();
    await vllm?.stop();
  });

  const shown = async () =>
    (await stack.admin.call('GET', '/api/admin/model-servers')).body as unknown as Shown;
  const ready = async () => {
    const { status, body, text } = await stack.client().call('GET', '/readyz');
    return { status, body, text };
  };
  async function put(changes: object) {
    const { body } = await stack.admin.call('GET', '/api/admin/settings');
    return stack.admin.call('PUT', '/api/admin/settings', { ...(body as object), ...changes });
  }
  async function signIn() {
    const browser = await launchBrowser();
    const { page } = await visit(browser);
    await page.goto(stack.url);
    await page.getByLabel('E-mail').fill(ADMIN);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Your question' }).waitFor();
    return { browser, page };
  }
  const inBrowser = CHROMIUM ? it : it.skip;

  it('are refused where no server serves them, with those that there are; routes by place', async () => {
    const wrong = await put({ allowedModels: ['m', 'mm'] });
    expect(wrong).toMatchObject({
      status: 422,
      body: {
        code: 'MODEL_NOT_SERVED',
        detail: 'No model server serves “mm”. There are m, extractive.',
        errors: [{ path: 'allowedModels' }],
      },
    });
    expect(await put({ modelRoutes: 'code: m, mm' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'modelRoutes' }] },
    });
    expect(await put({ modelRoutes: 'code: m; chat: m' })).toMatchObject({
      status: 422,
      body: {
        code: 'MODEL_ROUTES_INVALID',
        detail: expect.stringContaining('at character 10. There stands “chat”. The use cases are question,'),
      },
    });
    expect((await stack.admin.call('GET', '/api/admin/settings')).body).toMatchObject({
      allowedModels: [],
      modelRoutes: '',
    });
    expect((await put({ modelRoutes: 'code: m, extractive' })).status).toBe(200);
  });

  inBrowser(
    'are refused on the page at their field',
    async () => {
      const { browser, page } = await signIn();
      try {
        await page.goto(`${stack.url}/admin/settings`);
        const field = page.getByLabel('Models that may be asked');
        await page.getByText('There are: m, extractive.').waitFor();
        await field.fill('mm');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('No model server serves “mm”. There are m, extractive.').first().waitFor();
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        expect(await seriousFindings(page)).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    240_000,
  );

  it('the server is there: nothing is missing', async () => {
    expect(await shown()).toMatchObject({
      state: 'ok',
      unserved: [],
      quoted: [],
      servers: [{ since: null }],
    });
    expect(await ready()).toMatchObject({ status: 200, body: { status: 'ok', checks: { models: 'ok' } } });
  });

  it('the server is gone: administrators are told which and since when, everybody that models are missing', async () => {
    const before = Date.now();
    await vllm.stop();
    await until(async () => (await shown()).state === 'away');
    const { servers, quoted } = await shown();
    expect(servers).toMatchObject([{ name: new URL(vllm.url).host, state: 'away', reason: 'gone' }]);
    expect(Date.parse(servers[0]?.since ?? '')).toBeGreaterThanOrEqual(before);
    expect(quoted).toContain('question');
    const { status, body, text } = await ready();
    expect([status, body]).toEqual([
      200,
      { status: 'degraded', checks: { database: 'ok', models: 'unavailable' } },
    ]);
    expect(text).not.toContain(new URL(vllm.url).port);
    expect((await anna.call('GET', '/api/admin/model-servers')).status).toBe(403);
    const { events } = await anna.ask('How many days?');
    expect(events.find(({ kind }) => kind === 'model')).toMatchObject({ driver: 'extractive' });
  });

  it('a name that it may serve is saved meanwhile, and warned of for as long as that lasts', async () => {
    expect((await put({ allowedModels: ['m', 'mm'] })).status).toBe(200);
    expect((await shown()).unserved).toEqual([{ model: 'mm', from: 'allowedModels', certain: false }]);
    expect((await put({ name: 'Second' })).status).toBe(200);
  });

  inBrowser(
    'administrators see it above every page, with the details beside the figures',
    async () => {
      const { browser, page } = await signIn();
      try {
        const told = page.getByText(
          /The model server 127\.0\.0\.1:\d+ cannot be reached, since .+every answer is quoted/,
        );
        await told.waitFor();
        await page.getByRole('link', { name: 'Details' }).click();
        await page.getByRole('heading', { name: 'Model servers' }).waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await page.goto(`${stack.url}/admin/settings`);
        await page
          .getByText('“mm” (Settings, models that may be asked) is served by no server')
          .last()
          .waitFor();
        expect(await seriousFindings(page)).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    240_000,
  );
});
