import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { CHROMIUM, launchBrowser, seriousFindings, visit, type Visit, picture } from '../support/browser.js';
import { PASSWORD, startStack, type Stack } from '../support/stack.js';

const QUESTION = 'Who opens valve 1234?';
const SAID = 'Valve 1234 is opened by the operator of shift 34.';
/** More than is ever in the page at once. */
const LONG = 2_000;
const FILLER = 'The reading is written into the log of the station before the next shift begins. '.repeat(11);
const MANUAL = Array.from({ length: LONG }, (_, at) => {
  const heading = at % 50 === 0 ? `## Part ${at / 50 + 1}\n\n` : '';
  return `${heading}Valve ${at} is opened by the operator of shift ${at % 100}. ${FILLER}`;
}).join('\n\n');
const PROBATION = '# Contracts\n\nThe probation period is two months for everybody.\n';
const inBrowser = CHROMIUM ? describe : describe.skip;

inBrowser('the sources of an answer in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let desk: Visit;
  let page: Page;
  let collectionId: string;
  let manual: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    stack = await startStack();
    await stack.person('employee@first.example');
    const made = await stack.admin.call('POST', '/api/collections', { slug: 'handbook', name: 'Handbook' });
    collectionId = (made.body as { id: string }).id;
    await readBy('allow');
    manual = await upload('manual.md', `# Manual\n\n${MANUAL}`);
    await upload('contracts.md', PROBATION);
    desk = await visit(browser);
    page = desk.page;
    await page.goto(stack.url);
    await page.getByLabel('E-mail').fill('employee@first.example');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Your question' }).waitFor();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const readBy = (effect: 'allow' | 'deny') =>
    stack.admin.call('PUT', `/api/collections/${collectionId}/readers`, {
      readers: [{ principal: 'everyone', effect }],
    });

  async function upload(name: string, text: string): Promise<string> {
    const { body } = await stack.admin.upload(collectionId, name, text);
    const { id } = body as { id: string };
    expect(await stack.admin.settled(id, 60_000)).toMatchObject({ state: 'ready' });
    return id;
  }
  async function ask(question: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Your question' }).fill(question);
    await page.keyboard.press('Enter');
  }
  const panel = (): Locator => page.getByRole('complementary', { name: 'Source' });
  const openSource = (): Promise<void> =>
    page
      .getByRole('button', { name: /^Source 1/ })
      .last()
      .click();
  const at = (place: number): RegExp => new RegExp(`Passage ${place.toLocaleString('en-GB')} of 2,000`);
  const stands = async (name: string): Promise<void> => {
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, name);
  };

  it('open at the passage of a long document, with what is quoted marked', async () => {
    await ask(QUESTION);
    await page.getByText(SAID).first().waitFor();
    await openSource();
    await panel().locator('mark').filter({ hasText: SAID }).waitFor();
    await panel().getByText(at(1_235)).first().waitFor();
    await panel().getByText('Part 25').first().waitFor();
    expect(await page.getByRole('article').count()).toBeLessThan(40);
    await stands('source-panel');
  });

  it('go on to the next passage by key, and back', async () => {
    const current = panel().locator('article[aria-current]');
    await page.keyboard.press('n');
    await current.getByText('Valve 1235 is opened').waitFor();
    await panel().getByText(at(1_236)).first().waitFor();
    expect(await panel().getByRole('status').textContent()).toContain('Passage 1,236 of 2,000');
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    await current.getByText('Valve 1233 is opened').waitFor();
    await panel().getByRole('button', { name: 'To the cited passage' }).click();
    await panel().getByText(at(1_235)).first().waitFor();
  });

  it('open on a page of their own at the same passage, whose far ends can be reached', async () => {
    await panel().getByRole('link', { name: 'Open the document' }).click();
    await page.getByRole('heading', { level: 1, name: 'Manual' }).waitFor();
    await page.locator('mark').filter({ hasText: SAID }).waitFor();
    await page.getByText(at(1_235)).first().waitFor();
    await stands('source-page');
    await page.keyboard.press('End');
    await page.getByText(`Valve ${LONG - 1} is opened`).waitFor();
    await page.goBack();
  });

  it('say of an old version that there is a newer one', async () => {
    const form = new FormData();
    form.append('file', new Blob([`# Manual\n\nValve 1234 is gone.\n`]), 'manual.md');
    const added = await stack.admin.call('POST', `/api/documents/${manual}/versions`, form);
    expect(added.status).toBe(202);
    await stack.admin.settled((added.body as { id: string }).id);
    await page.reload();
    await page.getByText(SAID).first().waitFor();
    await openSource();
    await panel().getByText('A newer one exists').waitFor();
    await panel().locator('mark').filter({ hasText: SAID }).waitFor();
    await stands('source-replaced');
    await panel().getByRole('link', { name: 'Open it' }).click();
    await page.getByText('Valve 1234 is gone.').waitFor();
    await page.goBack();
  });

  it('are shown no more once they may not be read, although they were a moment ago', async () => {
    await page.getByText(SAID).first().waitFor();
    await openSource();
    await panel().getByText(at(1_235)).first().waitFor();
    await page.keyboard.press('Escape');
    await readBy('deny');
    await openSource();
    await panel().getByText('This document cannot be opened').waitFor();
    expect(await panel().getByText('Valve').count()).toBe(0);
    await stands('source-gone');
    // Nor do answer and citations stay on the open page, when somebody comes back to it.
    await page.keyboard.press('Escape');
    const comeBack = () =>
      page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
    await comeBack();
    await page.getByText('rested on documents that you may no longer read').first().waitFor();
    expect(await page.getByText(SAID).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Source \d/ }).count()).toBe(0);
    await stands('answer-withdrawn');
    await readBy('allow');
    await comeBack();
    await page.getByText(SAID).first().waitFor();
  });

  it('that were not found for a typing error are asked for with one click', async () => {
    await page.goto(`${stack.url}/ask`);
    await ask('probaton');
    await page.getByText('Did you mean').waitFor();
    await stands('suggestion');
    // It is kept with the answer, for as long as its words may be read.
    const meant = page.getByRole('button', { name: 'probation', exact: true });
    await page.reload();
    await meant.waitFor();
    await stands('suggestion-kept');
    await readBy('deny');
    await page.reload();
    await page.getByText('probaton').first().waitFor();
    await page.getByText('Nothing that you may read').first().waitFor();
    expect(await meant.count()).toBe(0);
    await readBy('allow');
    await page.reload();
    await meant.waitFor();
    await page.getByRole('button', { name: 'probation', exact: true }).click();
    await page.getByText('The probation period is two months').first().waitFor();
  });

  it('are recorded with the passages that were read', async () => {
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const { body } = await auditor.call('GET', '/api/audit?kind=document.read&limit=200');
    const { rows } = body as { rows: { detail: { passages?: { first: number; last: number } } }[] };
    const read = rows.map(({ detail }) => detail.passages);
    expect(read).toContainEqual({ first: 1_201, last: 1_250, of: LONG });
    // What was scrolled past was not.
    expect(read.some((one) => one && one.first > 300 && one.last < 1_100)).toBe(false);
  });

  it('complain about nothing', () => {
    expect(desk.complaints).toEqual([]);
  });
});
