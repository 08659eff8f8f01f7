import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Browser, Locator, Page } from 'playwright-core';
import { CHROMIUM, launchBrowser, seriousFindings, visit, type Visit, picture } from '../support/browser.js';
import { ADMIN, PASSWORD, startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const inBrowser = CHROMIUM ? describe : describe.skip;

inBrowser('sources in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let desk: Visit;
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lorekeep-page-'));
    for (let n = 0; n < 6; n++)
      await put(`docs/rules/${n}.md`, `# Rule ${n}\n\nThe rule number ${n} holds.\n`);
    await put('docs/film.mp4', 'no document');
    browser = await launchBrowser();
    stack = await startStack({ SOURCE_FOLDERS: root });
    const { body } = await stack.admin.call('POST', '/api/collections', { slug: 'rules', name: 'Rules' });
    const { id } = body as { id: string };
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, {
      readers: [{ principal: 'everyone', effect: 'allow' }],
    });
    desk = await visit(browser);
    await signIn(desk.page);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    await rm(root, { recursive: true, force: true });
  });

  async function put(path: string, text: string): Promise<void> {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
  async function signIn(page: Page, email = ADMIN): Promise<void> {
    await page.goto(stack.url);
    await page.getByLabel(/E-mail|邮箱/).fill(email);
    await page.getByLabel(/^(Password|密码)$/).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page
      .getByRole('navigation', { name: /Parts of Lorekeep|Lorekeep/ })
      .first()
      .waitFor();
  }
  async function stands(page: Page, name: string): Promise<void> {
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, name);
  }
  const row = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text });
  const menu = async (page: Page, name: string, entry: string): Promise<void> => {
    await page.getByRole('button', { name: `More about ${name}` }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };

  /** Without those that an earlier try has added. */
  async function without(name: string): Promise<void> {
    for (let id = await idOf(name); id !== ''; id = await idOf(name))
      await stack.admin.call('DELETE', `/api/admin/sources/${id}?documents=delete`);
  }
  async function collectionId(): Promise<string> {
    const { body } = await stack.admin.call('GET', '/api/collections');
    return (body as { rows: { id: string }[] }).rows[0]?.id ?? '';
  }
  async function idOf(name: string): Promise<string> {
    const { body } = await stack.admin.call('GET', '/api/admin/sources');
    return (
      (body as { rows: { id: string; name: string }[] }).rows.find((each) => each.name === name)?.id ?? ''
    );
  }
  const opens = async (page: Page): Promise<void> => {
    await page.goto(`${stack.url}/admin/sources`);
    await page.getByRole('button', { name: 'Sync Rules of the house now' }).waitFor();
  };
  const sync = (page: Page) => page.getByRole('button', { name: 'Sync Rules of the house now' }).click();

  it('adds a folder after a test of the connection, with the keyboard alone, and synchronises it', async () => {
    const { page } = desk;
    await without('Rules of the house');
    await page.goto(`${stack.url}/admin/sources`);
    await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
    await page.getByText('No sources yet').waitFor();
    await stands(page, 'sources-empty');
    await page.getByRole('button', { name: 'Add a source' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Rules of the house');
    await dialog.getByLabel('Collection', { exact: true }).selectOption({ label: 'Rules' });
    await dialog.getByLabel('Folder of the server').fill('/etc');
    await dialog.getByRole('button', { name: 'Test the connection' }).press('Enter');
    await dialog.getByText('not below one that the operator allows').waitFor();
    await dialog.getByLabel('Folder of the server').fill(join(root, 'docs'));
    await dialog.getByRole('button', { name: 'Test the connection' }).press('Enter');
    await dialog.getByText('Reached. It begins with:').waitFor();
    await stands(page, 'source-form');
    await dialog.getByRole('button', { name: 'Add', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Sync Rules of the house now' }).press('Enter');
    await row(page, 'Rules of the house').getByText('Up to date').waitFor();
    await row(page, 'Rules of the house').getByText('6 new').waitFor();
    await stands(page, 'sources');
  });

  it('shows files with the reason why one was skipped, and their documents', async () => {
    const { page } = desk;
    await opens(page);
    await menu(page, 'Rules of the house', 'Files and errors');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('film.mp4').waitFor();
    await dialog.getByText('This kind of file is not supported').waitFor();
    await dialog.getByText('rules/0.md').waitFor();
    await stands(page, 'source-files');
    await page.keyboard.press('Escape');
  });

  it('asks before much is deleted', async () => {
    const { page } = desk;
    await opens(page);
    // Those that an earlier try has removed are back.
    if (!existsSync(join(root, 'docs/rules/0.md'))) {
      for (let n = 0; n < 5; n++) await put(`docs/rules/${n}.md`, `# Rule ${n}\n\nThe rule holds again.\n`);
      await sync(page);
      await row(page, 'Rules of the house').getByText('5 new').waitFor();
    }
    for (let n = 0; n < 5; n++) await rm(join(root, `docs/rules/${n}.md`));
    await sync(page);
    await row(page, 'Rules of the house').getByText('Asks first').waitFor();
    await page.getByText('Many documents would be deleted at once').waitFor();
    await stands(page, 'source-stopped');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('dialog').getByText('no longer has 5 documents').waitFor();
    await stands(page, 'source-deletions');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await row(page, 'Rules of the house').getByText('5 deleted').waitFor();
  });

  it('sends an archive with progress that can be stopped, and counts its documents', async () => {
    // A page of its own: how slow an earlier try has made it may still hold.
    const page = await desk.context.newPage();
    await without('Export');
    await stack.admin.call('POST', '/api/admin/sources', {
      name: 'Export',
      collectionId: await collectionId(),
      target: 'export',
      settings: { kind: 'archive' },
    });
    await opens(page);
    const noise = randomBytes(3_000_000);
    const zip = zipSync({
      'a.md': strToU8('# A\n\nAlpha.'),
      'b.md': strToU8('# B\n\nBeta.'),
      'c.bin': noise,
    });
    const send = () =>
      row(page, 'Export')
        .locator('input[type=file]')
        .setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });
    const line = await page.context().newCDPSession(page);
    const slow = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 50_000 };
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', slow);
    await send();
    await row(page, 'Export').getByText('Sending').waitFor();
    await row(page, 'Export')
      .getByText(/^[1-9]\d? %$/)
      .waitFor();
    await stands(page, 'source-sending');
    await page.getByRole('button', { name: 'Stop the upload for Export' }).click();
    await row(page, 'Export').getByText('Active').waitFor();
    await line.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
    await send();
    await row(page, 'Export').getByText('2 new').waitFor();
    await until(async () => {
      const { body } = await stack.admin.call('GET', '/api/admin/sources');
      const found = (body as { rows: { name: string; files: { reading: number } }[] }).rows;
      return found.find(({ name }) => name === 'Export')?.files.reading === 0;
    });
    await row(page, 'Export').getByText('documents read').waitFor({ state: 'hidden' });
    await without('Export');
    await page.reload();
    await row(page, 'Export').waitFor({ state: 'hidden' });
    await page.close();
  });

  it('opens the versions of a document', async () => {
    const { page } = desk;
    await opens(page);
    await put('docs/rules/5.md', `# Rule 5\n\nThe fifth rule is another one now, ${randomUUID()}.\n`);
    await sync(page);
    await row(page, 'Rules of the house').getByText('1 changed').waitFor();
    await page.goto(`${stack.url}/documents`);
    await page.getByRole('link', { name: 'Rule 5' }).click();
    await page.getByText('The fifth rule is another one now').waitFor();
    await page.getByRole('link', { name: 'Open version 1' }).click();
    await page.getByText('This is an older version').waitFor();
    await page.getByText('The rule number 5 holds').waitFor();
    await stands(page, 'document-version');
    await page.getByRole('link', { name: 'Open version 2' }).click();
    await page.getByText('The fifth rule is another one now').waitFor();
  });

  it('stands in Chinese, in the dark, and at the width of a phone', async () => {
    const other = await visit(browser, { locale: 'zh-CN', colorScheme: 'dark' });
    await stack.person('wei@first.example', { roles: ['admin'] });
    const { body } = await stack.admin.call('GET', '/api/admin/users?search=wei');
    const wei = (body as { rows: { id: string }[] }).rows[0]?.id ?? '';
    await stack.admin.call('PATCH', `/api/admin/users/${wei}`, { locale: 'zh' });
    await signIn(other.page, 'wei@first.example');
    await other.page.goto(`${stack.url}/admin/sources`);
    await other.page.getByRole('heading', { name: '来源', level: 1 }).waitFor();
    await other.page.getByText('Rules of the house').waitFor();
    await stands(other.page, 'sources-zh-dark');
    await other.page.getByRole('button', { name: '添加来源' }).click();
    await other.page.getByRole('dialog').getByLabel('类型').selectOption('bucket');
    await stands(other.page, 'source-form-zh-dark');
    expect(other.complaints).toEqual([]);
    await other.context.close();
    const phone = await visit(browser, { width: 360, height: 740 });
    await signIn(phone.page);
    await phone.page.goto(`${stack.url}/admin/sources`);
    await phone.page.getByText('Rules of the house').waitFor();
    await stands(phone.page, 'sources-phone');
    await phone.page.getByRole('button', { name: 'Add a source' }).click();
    await phone.page.getByRole('dialog').getByLabel('Kind').selectOption('git');
    await stands(phone.page, 'source-form-phone');
    await phone.context.close();
  });

  it('deletes a source and its documents, after its name is typed', async () => {
    const { page } = desk;
    await without('Export');
    if ((await idOf('Rules of the house')) === '')
      await stack.admin.call('POST', '/api/admin/sources', {
        name: 'Rules of the house',
        collectionId: await collectionId(),
        settings: { kind: 'folder', path: join(root, 'docs') },
      });
    await page.goto(`${stack.url}/admin/sources`);
    await menu(page, 'Rules of the house', 'Delete');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Delete them with all their versions').check();
    await dialog.getByLabel(/Type “Rules of the house”/).fill('Rules of the house');
    await stands(page, 'source-delete');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No sources yet').waitFor();
    await page.goto(`${stack.url}/documents`);
    await page.getByText('No documents').first().waitFor();
    expect(desk.complaints).toEqual([]);
  });
});
