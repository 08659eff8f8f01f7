import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { checkPort, freePort } from './find-port.js';

const HOST = '127.0.0.1';
const EARLY = pathToFileURL(join(process.cwd(), 'apps', 'cli', 'bin', 'check-port.mjs')).href;

describe('a port that is taken', () => {
  let root: string;
  let holder: Server;
  let taken: string;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'lorekeep-port-'));
    holder = createServer().listen(0, HOST);
    await once(holder, 'listening');
    taken = String((holder.address() as AddressInfo).port);
  });
  afterEach(() => {
    holder.close();
    rmSync(root, { recursive: true });
  });

  /** What is said before anything is installed or built. */
  const early = async (environment: Record<string, string>): Promise<string> => {
    const script = `const { takenPort } = await import(${JSON.stringify(EARLY)});
      process.stdout.write(await takenPort(${JSON.stringify(root)}, ${JSON.stringify(environment)}) ?? '');`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    return stdout;
  };

  it('is said in one sentence, the same before the build and after it', async () => {
    const sentence = await early({ PORT: taken });
    expect(sentence).toMatch(/^Port \d+ is taken by another program: .* PORT=\d+\.$/);
    await expect(checkPort(HOST, Number(taken))).rejects.toThrow(sentence);
    writeFileSync(join(root, '.env'), `PORT=${taken}\n`);
    expect(await early({})).toBe(sentence);
  });

  it('is left to later where Lorekeep may be the one that has it, or the setting is wrong', async () => {
    expect(await early({ PORT: String(await freePort(HOST)) })).toBe('');
    expect(await early({ PORT: 'many' })).toBe('');
    writeFileSync(join(root, 'instance.json'), '{}');
    expect(await early({ PORT: taken, DATA_DIR: root })).toBe('');
  });
});
