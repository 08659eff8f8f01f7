import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { findTools } from './find-tools.mjs';
import { until } from './until.js';

/** Null where there is none: browser tests are then skipped by name. */
export const CHROMIUM: string | null =
  (findTools().found as { CHROMIUM_PATH?: string }).CHROMIUM_PATH ?? null;

/** Without the background flags Chromium looks up hosts of its own at every start. */
const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS });
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: errors of scripts, violations of the content security policy. */
  readonly complaints: string[];
}

export async function visit(
  browser: Browser,
  options: {
    width?: number;
    height?: number;
    locale?: string;
    colorScheme?: 'light' | 'dark';
    /** A phone: pointed at with a finger. */
    touch?: boolean;
  } = {},
): Promise<Visit> {
  const { width = 1280, height = 800, locale = 'en-GB', colorScheme = 'light', touch = false } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: touch,
    isMobile: touch,
    // A busy machine would look at what fades in while it is half-way.
    reducedMotion: 'reduce',
    locale,
    colorScheme,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(25_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // 401 before sign-in and 4xx of refusals are answers, not faults of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  return { context, page, complaints };
}

// As text: the tests are compiled without the types of a browser.
const AT_REST = `document.getAnimations().every(({ playState, effect }) =>
  playState !== 'running' || effect?.getTiming().iterations === Infinity)`;

/** Serious and critical findings of axe, as `rule: element`, once nothing is half-way between two colours. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await until(() => page.evaluate<boolean>(AT_REST));
  // There are no frames of other origins: nothing needs a page of its own to be put together.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target[0])}`));
}

/** For people to look at, in the folder that LOREKEEP_TEST_PICTURES names. */
export async function picture(of: Page | Locator, name: string): Promise<void> {
  const folder = process.env['LOREKEEP_TEST_PICTURES'];
  if (folder) await of.screenshot({ path: join(folder, `${name}.png`) });
}
