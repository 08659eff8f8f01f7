import { afterEach, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { benchLimits, runSources, sourceParsers } from '../testing/source-parsers.js';
import { ParserPool } from './parser-pool.js';

// Processes instead of a database, and as little for every save as that.

const open: ParserPool[] = [];
const pool = (made: ParserPool): ParserPool => {
  open.push(made);
  return made;
};
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const signal = new AbortController().signal;
const endless = (): ParserPool =>
  pool(
    new ParserPool(
      { ...benchLimits, DOCUMENT_PARSE_SECONDS: 1 },
      { path: fileURLToPath(new URL('../testing/endless-parser.mjs', import.meta.url)), execArgv: [] },
    ),
  );

describe('ParserPool', () => {
  it('reads one after the other in the same process', async () => {
    const parsers = pool(sourceParsers(benchLimits));
    const read = async (text: string): Promise<unknown> =>
      (await parsers.parse('text', Buffer.from(text), signal)).blocks[0];
    expect(await Promise.all([read('one'), read('two'), read('three')])).toMatchObject([
      { text: 'one' },
      { text: 'two' },
      { text: 'three' },
    ]);
  });

  it('tells what the file is to blame for, and reads on', async () => {
    const parsers = pool(sourceParsers(benchLimits));
    await expect(parsers.parse('pdf', Buffer.from('%PDF-'), signal)).rejects.toMatchObject({
      code: 'DOCUMENT_DAMAGED',
    });
    expect(await parsers.parse('text', Buffer.from('fine'), signal)).toMatchObject({
      blocks: [{ text: 'fine' }],
    });
  });

  it('ends a process that takes too long', async () => {
    await expect(endless().parse('text', Buffer.from('x'), signal)).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_SLOW',
      detail: 'The limit is 1 s.',
    });
  });

  it('ends a process that takes too much memory', async () => {
    const parsers = pool(sourceParsers({ ...benchLimits, DOCUMENT_PARSE_MEMORY_MB: 250 }));
    const much = Buffer.from('- *a* [b](c) `d`\n'.repeat(400_000));
    await expect(parsers.parse('markdown', much, signal)).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_MUCH_MEMORY',
    });
  });

  it('stops for a worker that stops, and is closed for good', async () => {
    const stopping = new AbortController();
    const parsers = endless();
    const parsing = parsers.parse('text', Buffer.from('x'), stopping.signal);
    setTimeout(() => stopping.abort(new Error('bye')), 200);
    await expect(parsing).rejects.toThrow(/bye|aborted/);
    await parsers.close();
    await expect(parsers.parse('text', Buffer.from('x'), signal)).rejects.toThrow('closed');
  });

  it('is a failure, not a verdict on the file, when the process cannot start', async () => {
    const parsers = pool(new ParserPool(benchLimits, { path: '/nowhere/parser.js', execArgv: [] }));
    await expect(parsers.parse('text', Buffer.from('x'), signal)).rejects.toThrow('ended at once');
  });
});

describe('the process that reads', () => {
  it('has no way to the network and starts no program', async () => {
    const child = fork(fileURLToPath(new URL('../testing/network-parser.ts', import.meta.url)), {
      execArgv: runSources(),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const open = await new Promise((resolve) => child.once('message', resolve));
    child.kill();
    expect(open).toEqual([]);
  });
});
