import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM, launchBrowser, seriousFindings, visit, type Visit, picture } from '../support/browser.js';
import { ADMIN, PASSWORD, startStack, type Stack } from '../support/stack.js';

const inBrowser = CHROMIUM ? describe : describe.skip;

inBrowser('folders in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let desk: Visit;
  let page: Page;
  let handbook: string;
  let leave: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    stack = await startStack();
    await stack.person('anna@first.example', { roles: ['employee'] });
    const reader = await stack.person('wei@first.example', { roles: ['admin'] });
    const { id: wei } = (await reader.call('GET', '/api/session')).body as { id: string };
    await stack.admin.call('PATCH', `/api/admin/users/${wei}`, { locale: 'zh' });
    const { body } = await stack.admin.call('POST', '/api/collections', {
      slug: 'handbook',
      name: 'Handbook',
    });
    handbook = (body as { id: string }).id;
    await stack.admin.call('PUT', `/api/collections/${handbook}/readers`, {
      readers: [{ principal: 'everyone', effect: 'allow' }],
    });
    const { body: uploaded } = await stack.admin.upload(
      handbook,
      'leave.md',
      '# Annual leave\n\nLeave is 27 days.\n',
    );
    leave = (uploaded as { id: string }).id;
    await stack.admin.settled(leave);
    desk = await visit(browser);
    ({ page } = desk);
    await signIn(desk.page, ADMIN, ['E-mail', 'Password']);
  }, 240_000);
  afterAll(async () => {
    expect(desk?.complaints).toEqual([]);
    await browser?.close();
    await stack?.stop();
  });

  async function signIn(at: Page, email: string, [mail, password]: [string, string]): Promise<void> {
    await at.goto(stack.url);
    await at.getByLabel(mail).fill(email);
    await at.getByLabel(password, { exact: true }).fill(PASSWORD);
    await at.keyboard.press('Enter');
    await at.getByRole('navigation').first().waitFor();
  }
  async function stands(at: Page, name: string): Promise<void> {
    expect(await seriousFindings(at)).toEqual([]);
    await picture(at, name);
  }
  const path = () => page.getByRole('navigation', { name: 'Path' });
  const menu = async (item: string) => {
    await page.getByRole('button', { name: 'More about “Policies”' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  /** Without the folder, or with it empty, whatever an earlier try has done. */
  async function opensHandbook(keep: boolean): Promise<void> {
    const place = { documentIds: [leave], collectionId: handbook, folderId: null };
    await stack.admin.call('POST', '/api/documents/move', place);
    const { body } = await stack.admin.call('GET', `/api/collections/${handbook}/folders`);
    for (const { id } of keep ? [] : (body as { rows: { id: string }[] }).rows)
      await stack.admin.call('DELETE', `/api/folders/${id}?documents=0`);
    await page.goto(`${stack.url}/documents`);
    await page.getByLabel('Collection', { exact: true }).selectOption({ label: 'Handbook' });
  }

  it('are made, opened and renamed with the keyboard alone', async () => {
    await opensHandbook(false);
    await page.getByRole('button', { name: 'New folder' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('a/b');
    await page.keyboard.press('Enter');
    await page.getByText('A folder cannot have this name.').waitFor();
    await stands(page, 'folder-name-refused');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Policies');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Policies/ }).focus();
    await page.keyboard.press('Enter');
    await path().getByText('Policies').waitFor();
    await page.getByText('No documents here').waitFor();
    await stands(page, 'folder-empty');
  });

  it('take a document in, which says where it is', async () => {
    await opensHandbook(true);
    await page.getByRole('link', { name: 'Annual leave' }).click();
    await page.getByRole('button', { name: 'Move' }).click();
    await page.getByLabel('Folder').selectOption({ label: 'Policies' });
    await stands(page, 'folder-move-document');
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await page.getByText('Handbook / Policies').waitFor();
    await page.getByRole('combobox', { name: 'Name or e-mail' }).fill('anna');
    await page.getByRole('option', { name: /anna/i }).first().click();
    await page.getByText('Allowed by collection “Handbook”.').waitFor();
    await stands(page, 'folder-why');
  });

  it('have readers of their own, and are deleted after their name is typed', async () => {
    await page.goto(`${stack.url}/documents`);
    await page.getByLabel('Collection', { exact: true }).selectOption({ label: 'Handbook' });
    await page.getByRole('button', { name: /^Policies/ }).click();
    await menu('Readers');
    await page.getByText('Inherited from its folder or collection.').waitFor();
    await stands(page, 'folder-readers');
    await page.keyboard.press('Escape');
    await menu('Delete');
    await page.getByText('1 document is deleted with it').waitFor();
    const remove = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
    expect(await remove.isDisabled()).toBe(true);
    await stands(page, 'folder-delete');
    await page.keyboard.press('Escape');
  });

  it.each([1280, 360])('stand in Chinese at %i px', async (width) => {
    const other = await visit(browser, { width, locale: 'zh-CN', colorScheme: 'dark' });
    await signIn(other.page, 'wei@first.example', ['邮箱', '密码']);
    await other.page.goto(`${stack.url}/documents`);
    await other.page.getByLabel('文档集', { exact: true }).selectOption({ label: 'Handbook' });
    await other.page.getByRole('button', { name: /^Policies/ }).click();
    await other.page.getByRole('link', { name: 'Annual leave' }).waitFor();
    await stands(other.page, `folder-zh-${width}`);
    await other.page.getByRole('button', { name: '“Policies”的更多操作' }).click();
    await stands(other.page, `folder-zh-menu-${width}`);
    await other.page.getByRole('menuitem', { name: '移动' }).click();
    await other.page.getByText('其中的内容会一起移动', { exact: false }).waitFor();
    await stands(other.page, `folder-zh-move-${width}`);
    const wide = await other.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    expect(wide).toBe(false);
    expect(other.complaints).toEqual([]);
    await other.context.close();
  });
});
