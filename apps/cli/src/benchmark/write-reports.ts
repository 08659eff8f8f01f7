import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CliError } from '../cli.errors.js';
import { EXIT } from '../exit-codes.js';
import type { BenchReport } from './bench-report.js';
import { htmlReport } from './html/html-report.js';

interface ReportFiles {
  readonly json?: string;
  readonly html?: string;
}

/** Before hours of measuring. Throws a CliError for a file that cannot be written. */
export async function assertWritable({ json, html }: ReportFiles): Promise<void> {
  if (json !== undefined && html !== undefined && resolve(json) === resolve(html))
    throw new CliError(`--json and --html are both ${json}: one would replace the other.`, EXIT.USAGE);
  for (const file of [json, html])
    if (file !== undefined) await assertFile(file).catch((error: unknown) => cannot(file, error));
}

/** The folder counts only where the file is not there yet: /dev/stdout is written, and /dev is not. */
async function assertFile(file: string): Promise<void> {
  const found = await stat(file).catch(absent);
  if (found?.isDirectory()) throw Object.assign(new Error('A directory.'), { code: 'EISDIR' });
  await access(found ? file : dirname(file), constants.W_OK);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Writes the files that were asked for, and names them. Throws a CliError when one cannot be written, after the other. */
export async function writeReports(report: BenchReport, { json, html }: ReportFiles): Promise<string[]> {
  const wanted = [
    ...(json === undefined ? [] : [write(json, `${JSON.stringify(report, null, 1)}\n`)]),
    ...(html === undefined ? [] : [write(html, htmlReport(report))]),
  ];
  const written = await Promise.allSettled(wanted);
  for (const result of written) if (result.status === 'rejected') throw result.reason;
  return [json, html].filter((file) => file !== undefined);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    cannot(file, error);
  }
}

function cannot(file: string, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  throw new CliError(`${file} cannot be written: ${code ?? message}.`, undefined, { cause: error });
}
