import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordSums } from './record-sums.js';
import { formatSums, MAX_FILES, parseSums } from './sums-file.js';
import { sha256 } from './testing/weights-server.js';
import { RECORD_FILE } from './verified-record.js';
import { verifyWeights } from './verify-weights.js';

const signal = new AbortController().signal;
// More than one piece.
const big = randomBytes(9 << 20);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weights-'));
  writeFileSync(join(folder, 'model.safetensors'), big);
  writeFileSync(join(folder, 'config.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const verify = (options: { thorough?: boolean } = {}) =>
  verifyWeights(folder, { id: 'm' }, { signal, ...options });

describe('verifyWeights', () => {
  it('reads each file once, and again only what was touched', async () => {
    expect(await recordSums(folder, { signal })).toBe(2);
    rmSync(join(folder, RECORD_FILE));
    const events: number[] = [];
    const first = await verifyWeights(
      folder,
      { id: 'm' },
      { signal, onProgress: ({ bytes }) => events.push(bytes) },
    );
    expect(first).toEqual({ state: 'verified', files: 2, bytes: big.length + 2, read: big.length + 2 });
    expect(events.at(-1)).toBe(big.length + 2);
    expect(events.length).toBeGreaterThan(4);
    expect(await verify()).toMatchObject({ read: 0 });
    expect(await verify({ thorough: true })).toMatchObject({ read: big.length + 2 });
    utimesSync(join(folder, 'config.json'), 1, 1);
    expect(await verify()).toMatchObject({ state: 'verified', read: 2 });
  });

  it('names all that is wrong', async () => {
    await recordSums(folder, { signal });
    const changed = Buffer.from(big);
    changed[5_000_000] = (changed[5_000_000] ?? 0) ^ 1;
    writeFileSync(join(folder, 'model.safetensors'), changed);
    rmSync(join(folder, 'config.json'));
    expect(await verify()).toMatchObject({
      state: 'damaged',
      problems: [
        { path: 'config.json', problem: 'missing' },
        { path: 'model.safetensors', problem: 'sum' },
      ],
    });
    writeFileSync(join(folder, 'config.json'), '{}');
    writeFileSync(join(folder, 'model.safetensors'), big);
    expect(await verify()).toMatchObject({ state: 'verified' });
  });

  it('takes sums and sizes of the catalogue before those beside the weights', async () => {
    await recordSums(folder, { signal });
    const files = [{ path: 'config.json', bytes: 3, sha256: sha256(Buffer.from('{}')) }];
    expect(await verifyWeights(folder, { id: 'm', files }, { signal, thorough: true })).toMatchObject({
      problems: [{ path: 'config.json', problem: 'size' }],
    });
  });

  it('does not believe a record of another sum, nor one that is damaged', async () => {
    await recordSums(folder, { signal });
    const other = formatSums([{ path: 'config.json', sha256: 'a'.repeat(64) }]);
    writeFileSync(join(folder, 'SHA256SUMS'), other);
    expect(await verify()).toMatchObject({ problems: [{ path: 'config.json', problem: 'sum' }] });
    await recordSums(folder, { signal });
    appendFileSync(join(folder, RECORD_FILE), '}');
    expect(await verify()).toMatchObject({ state: 'verified', read: big.length + 2 });
  });

  it('says so where no sums are known, and stops when it is told to', async () => {
    await expect(verify()).rejects.toMatchObject({ code: 'ENGINE_WEIGHTS_NO_SUMS' });
    await recordSums(folder, { signal });
    const stopped = verifyWeights(
      folder,
      { id: 'm' },
      { signal: AbortSignal.abort(new Error('stop')), thorough: true },
    );
    await expect(stopped).rejects.toThrow('stop');
  });

  it('records what lies in folders too, and nothing unfinished', async () => {
    mkdirSync(join(folder, 'tokens'));
    writeFileSync(join(folder, 'tokens', 'o200k.tiktoken'), 'x');
    writeFileSync(join(folder, 'model-2.safetensors.part'), 'x');
    expect(await recordSums(folder, { signal })).toBe(3);
    rmSync(folder, { recursive: true });
    await expect(recordSums(folder, { signal })).rejects.toMatchObject({ code: 'ENGINE_WEIGHTS_FOLDER' });
  });
});

describe('parseSums', () => {
  const sum = 'AB'.repeat(32);

  it('reads what sha256sum writes', () => {
    expect(parseSums(`# made by hand\n${sum}  ./a.json\n${sum} *b/c.bin\r\n\n`, 'SHA256SUMS')).toEqual([
      { path: 'a.json', sha256: sum.toLowerCase() },
      { path: 'b/c.bin', sha256: sum.toLowerCase() },
    ]);
  });

  it.each([
    ['../a', 'Line 1 of S'],
    ['/etc/passwd', 'Line 1 of S'],
    ['a/../../b', 'Line 1 of S'],
    ['.hidden', 'Line 1 of S'],
    ['a\u0000b', 'Line 1 of S'],
  ])('refuses the path %j', (path, message) => {
    expect(() => parseSums(`${sum}  ${path}`, 'S')).toThrow(message);
  });

  it('refuses an empty list, a wrong sum and too many files', () => {
    expect(() => parseSums('', 'S')).toThrow('names no file');
    expect(() => parseSums(`${sum.slice(1)}  a`, 'S')).toThrow('Line 1');
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => `${sum}  f${index}`).join('\n');
    expect(parseSums(lines(MAX_FILES), 'S')).toHaveLength(MAX_FILES);
    expect(() => parseSums(lines(MAX_FILES + 1), 'S')).toThrow(`more than ${MAX_FILES}`);
  });
});
