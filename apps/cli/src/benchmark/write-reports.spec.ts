import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BenchReport } from './bench-report.js';
import { assertWritable, writeReports } from './write-reports.js';

const REPORT = { models: [] } as unknown as BenchReport;
const HTML_REPORT = {
  ...REPORT,
  ...{ startedAt: '', settings: { targets: [] }, client: {}, notes: [], routes: null, interrupted: false },
} as unknown as BenchReport;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lorekeep-reports-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

describe('assertWritable', () => {
  it('takes a file that is not there yet, and makes none', async () => {
    await assertWritable({ json: join(folder, 'a.json'), html: join(folder, 'a.html') });
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses one file for both, however it is written', async () => {
    const [json, html] = [join(folder, 'a'), `${folder}/./a`];
    await expect(assertWritable({ json, html })).rejects.toThrow('one would replace the other');
  });

  it('refuses a folder, what lies in none, and what lies beneath a file', async () => {
    const file = join(folder, 'a.json');
    await writeFile(file, '');
    await expect(assertWritable({ json: folder })).rejects.toThrow(`${folder} cannot be written: EISDIR.`);
    await expect(assertWritable({ html: join(folder, 'none', 'a') })).rejects.toThrow('written: ENOENT.');
    await expect(assertWritable({ html: join(file, 'a') })).rejects.toThrow('written: ENOTDIR.');
  });

  // Permissions hold nobody back who is root.
  (process.getuid?.() === 0 ? it.skip : it)('asks the file where there is one, else its folder', async () => {
    const file = join(folder, 'a.json');
    await writeFile(file, '');
    await chmod(folder, 0o500);
    await assertWritable({ json: file });
    await expect(assertWritable({ html: join(folder, 'b') })).rejects.toThrow('written: EACCES.');
    await chmod(file, 0o400);
    await expect(assertWritable({ json: file })).rejects.toThrow(`${file} cannot be written: EACCES.`);
  });
});

describe('writeReports', () => {
  it('replaces what is there, and names it', async () => {
    const json = join(folder, 'a.json');
    await writeFile(json, 'x'.repeat(100_000));
    expect(await writeReports(REPORT, { json })).toEqual([json]);
    expect(JSON.parse(await readFile(json, 'utf8'))).toEqual({ models: [] });
  });

  it('writes the one file where the other cannot be written', async () => {
    const html = join(folder, 'none', 'a.html');
    const json = join(folder, 'a.json');
    await expect(writeReports(HTML_REPORT, { json, html })).rejects.toThrow(
      `${html} cannot be written: ENOENT.`,
    );
    expect(await readdir(folder)).toEqual(['a.json']);
  });
});
