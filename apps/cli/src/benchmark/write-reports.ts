import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from '../cli.errors.js';
import type { BenchReport } from './bench-report.js';
import { htmlReport } from './html/html-report.js';

interface ReportFiles {
  readonly json?: string;
  readonly html?: string;
}

/** Before hours of measuring. Throws a CliError where a file has no folder that can be written. */
export async function assertWritable({ json, html }: ReportFiles): Promise<void> {
  for (const file of [json, html])
    if (file !== undefined)
      await access(dirname(file), constants.W_OK).catch((error: unknown) => cannot(file, error));
}

/** Writes the files that were asked for. Throws a CliError when one cannot be written. */
export async function writeReports(report: BenchReport, files: ReportFiles): Promise<void> {
  if (files.json !== undefined) await write(files.json, `${JSON.stringify(report, null, 1)}\n`);
  if (files.html !== undefined) await write(files.html, htmlReport(report));
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
