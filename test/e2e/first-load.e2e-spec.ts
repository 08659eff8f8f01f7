import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { CHROMIUM, launchBrowser, visit } from '../support/browser.js';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';

/** Packed: a second and a half on a slow line (1 Mbit/s). */
const FIRST_LOAD_MAX_BYTES = 170_000;
/** The same holds with the texts of a language and what sign-in and an empty conversation need besides. */
const UNTIL_ASKED_MAX_BYTES = 170_000;
const ASSET = /(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g;
/** Of chunks that are loaded with the one that names them. */
const IMPORTED = /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.stop());

const packed = (text: string): number => gzipSync(text, { level: 9 }).length;

/** What is too much, file by file; empty where it is within the limit. */
function beyond(sizes: ReadonlyMap<string, number>, most: number): string[] {
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(30_000);
  if (bytes <= most) return [];
  const files = [...sizes].sort(([, a], [, b]) => b - a).map(([path, size]) => `${path}: ${size}`);
  return [`${bytes} bytes, not ${most}`, ...files];
}

describe('the first load of the page', () => {
  it('is small enough in what its document names', async () => {
    const html = await (await fetch(stack.url)).text();
    const waiting = [...html.matchAll(ASSET)].map(([, path]) => path ?? '');
    expect(waiting.some((path) => path.endsWith('.js'))).toBe(true);
    expect(waiting.some((path) => path.endsWith('.css'))).toBe(true);
    const sizes = new Map<string, number>();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (sizes.has(path)) continue;
      const response = await fetch(stack.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      const text = await response.text();
      sizes.set(path, packed(text));
      for (const [, name] of text.matchAll(IMPORTED)) waiting.push(`/assets/${name}`);
    }
    expect(beyond(sizes, FIRST_LOAD_MAX_BYTES)).toEqual([]);
  });

  const inBrowser = CHROMIUM ? it : it.skip;
  inBrowser.each(['en-GB', 'zh-CN'])(
    'is small enough in all scripts until somebody can ask, in %s',
    async (locale) => {
      const email = `${locale.toLowerCase()}@first.example`;
      await stack.person(email);
      const { body } = await stack.admin.call('GET', `/api/admin/users?search=${email}`);
      const [person] = (body as { rows: { id: string }[] }).rows;
      await stack.admin.call('PATCH', `/api/admin/users/${person?.id}`, { locale: locale.slice(0, 2) });
      let browser: Browser | undefined;
      try {
        browser = await launchBrowser();
        const { page, context } = await visit(browser, { locale });
        const loaded = new Map<string, Promise<number>>();
        page.on('response', (response) => {
          const { pathname } = new URL(response.url());
          if (pathname.endsWith('.js')) loaded.set(pathname, response.text().then(packed));
        });
        await page.goto(stack.url);
        await page.getByLabel(/E-mail|邮箱/).fill(email);
        await page.getByLabel(/^(Password|密码)$/).fill(PASSWORD);
        await page.keyboard.press('Enter');
        await page.getByRole('textbox', { name: /Your question|您的问题/ }).waitFor();
        const sizes = await Promise.all([...loaded].map(async ([path, size]) => [path, await size] as const));
        expect(beyond(new Map(sizes), UNTIL_ASKED_MAX_BYTES)).toEqual([]);
        await context.close();
      } finally {
        await browser?.close();
      }
    },
  );
});
