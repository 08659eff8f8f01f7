import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, describeConfig, integer, list, loadConfig } from './index.js';

const shape = {
  PORT: integer(1, 65535).default(3000).describe('Where the gateway listens'),
  SESSION_SECRET: z.string().min(32).describe('Signs cookies'),
  MODELS: list().default([]).describe('Models, comma separated'),
};
const secret = 'x'.repeat(32);

describe('loadConfig', () => {
  it('takes defaults, reads numbers and lists', () => {
    expect(loadConfig(shape, { SESSION_SECRET: secret, MODELS: 'a, b,' })).toEqual({
      PORT: 3000,
      SESSION_SECRET: secret,
      MODELS: ['a', 'b'],
    });
  });

  it('names every mistake at once and shows no value', () => {
    const attempt = () => loadConfig(shape, { PORT: '99999', SESSION_SECRET: 'hunter2' });
    expect(attempt).toThrow(ConfigError);
    try {
      attempt();
    } catch (error) {
      expect((error as ConfigError).problems.map((problem) => problem.name)).toEqual([
        'PORT',
        'SESSION_SECRET',
      ]);
      expect((error as Error).message).not.toContain('hunter2');
      expect((error as Error).message).not.toContain('99999');
    }
  });

  it('says that a missing secret is required', () => {
    expect(() => loadConfig(shape, {})).toThrow(/SESSION_SECRET: is required/);
  });

  it('takes a value from the file that NAME_FILE names, where NAME is empty', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    const file = join(folder, 'secret');
    writeFileSync(file, `${secret}\n`);
    const read = (given: Record<string, string>) => loadConfig(shape, given).SESSION_SECRET;
    expect(read({ SESSION_SECRET: '', SESSION_SECRET_FILE: file })).toBe(secret);
    expect(read({ SESSION_SECRET: 'y'.repeat(32), SESSION_SECRET_FILE: file })).toBe('y'.repeat(32));
    rmSync(folder, { recursive: true });
    expect(() => read({ SESSION_SECRET_FILE: file })).toThrow('SESSION_SECRET_FILE: cannot be read');
  });

  it('treats an empty value as not set', () => {
    expect(loadConfig(shape, { PORT: '', SESSION_SECRET: secret }).PORT).toBe(3000);
  });
});

describe('describeConfig', () => {
  it('leaves an empty table empty', () => {
    const table = {
      WEIGHTS: z
        .string()
        .default('')
        .transform(() => new Map())
        .describe('Weights'),
    };
    expect(describeConfig(table)).toBe('# Weights\nWEIGHTS=\n');
  });

  it('lists descriptions and defaults, and leaves secrets empty', () => {
    expect(describeConfig(shape)).toContain('# Where the gateway listens\nPORT=3000');
    expect(describeConfig(shape)).toContain('# Signs cookies (required)\nSESSION_SECRET=\n');
  });
});
