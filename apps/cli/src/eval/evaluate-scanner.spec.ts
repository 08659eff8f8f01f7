import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import { Progress } from '../terminal/progress.js';
import { evaluateScanner } from './evaluate-scanner.js';
import type { ScanOptions } from './read-scan-options.js';

const LINE = '{"id":"a","text":"an alpha"}\n';

describe('eval scanner', () => {
  let folder: string;
  let words: string;
  let said: string[];
  let written: string[];
  let onWritten: () => void;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lorekeep-eval-scanner-'));
    words = join(folder, 'words.txt');
    writeFileSync(words, 'alpha\n\n');
    [said, written] = [[], []];
    onWritten = () => undefined;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (
    lines: string | Readable,
    options: Partial<ScanOptions> = {},
    signal = new AbortController().signal,
  ) => {
    const context: CommandContext = {
      environment: {},
      signal,
      progress: new Progress((line) => said.push(line)),
      settings: () => {
        throw new Error('no database is needed');
      },
      print: () => undefined,
    };
    const out = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written.push(String(chunk));
        onWritten();
        done();
      },
    });
    const input = typeof lines === 'string' ? Readable.from([Buffer.from(lines)]) : lines;
    return evaluateScanner(
      context,
      { words, wholeWords: 'on', detectors: 'off', ...options },
      { input, out },
    );
  };

  it('writes a line for each text, and says the rest on stderr', async () => {
    expect(await run(`${LINE}{"id":7,"text":""}\n`, { chunks: '5' })).toBe(EXIT.OK);
    expect(written).toEqual([
      '{"id":"a","hits":[{"start":3,"end":8,"word":"alpha","category":"words","action":"redact"}],"output":"an ▇▇▇","heldMax":5}\n',
      '{"id":7,"hits":[],"output":"","heldMax":0}\n',
    ]);
    expect(said).toEqual([
      expect.stringMatching(/Read .*words\.txt: 1 words, utf-8; 1 blank \(line 2 first\)$/),
      expect.stringMatching(/Reading/),
      expect.stringMatching(/Texts scanned: 2, hits: 1$/),
    ]);
  });

  it('names wrong lines after the others are written', async () => {
    await expect(run(`${LINE}{"id":1}\n${LINE}`)).rejects.toThrow(
      expect.objectContaining({ exitCode: EXIT.FAILED, message: expect.stringMatching(/^stdin:2: text: /) }),
    );
    expect(written).toHaveLength(2);
  });

  it('reads nothing from stdin when the list is unusable or missing', async () => {
    writeFileSync(words, `fine\n${'x'.repeat(501)}\n`);
    await expect(run(LINE)).rejects.toThrow(`${words}:2: has 501 UTF-16 units`);
    await expect(run(LINE, { words: join(folder, 'none.txt') })).rejects.toThrow(/none\.txt cannot be read/);
    await expect(run(LINE, { folds: 'wide' })).rejects.toThrow(/^--folds/);
    expect(written).toEqual([]);
  });

  it('ends when it is interrupted while it waits for input', async () => {
    const aborting = new AbortController();
    const input = new Readable({ read: () => undefined });
    input.push(LINE);
    const running = run(input, {}, aborting.signal);
    // When it has read all there is.
    onWritten = () => setImmediate(() => aborting.abort());
    await expect(running).rejects.toThrow();
    expect(written).toHaveLength(1);
  });
});
