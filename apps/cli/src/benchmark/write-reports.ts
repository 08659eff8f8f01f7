import { writeFile } from 'node:fs/promises';
import { CliError } from '../cli.errors.js';
import type { BenchReport } from './bench-report.js';
import { htmlReport } from './html/html-report.js';

/** Writes the files that were asked for. Throws a CliError when one cannot be written. */
export async function writeReports(
  report: BenchReport,
  files: { readonly json?: string; readonly html?: string },
): Promise<void> {
  if (files.json !== undefined) await write(files.json, `${JSON.stringify(report, null, 1)}\n`);
  if (files.html !== undefined) await write(files.html, htmlReport(report));
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CliError(`${file} cannot be written: ${code ?? message}.`, undefined, { cause: error });
  }
}
