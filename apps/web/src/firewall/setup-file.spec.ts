import { describe, expect, it } from '@jest/globals';
import { readSetupFile, SETUP_FILE_BYTES } from './setup-file.js';

const RULE = {
  ...{ id: 'own.a', category: 'sql', kind: 'artifact', severity: 'high', paranoia: 2 },
  ...{ literals: ['abc'], pattern: 'abc', roles: ['document'], catches: ['abc'], passes: ['x'] },
};
const EXCEPTION = {
  id: 'e',
  target: 'sql',
  fragment: null,
  groupIds: [],
  reason: 'x',
  expiresAt: '2027-01-01',
};
const SETUP = {
  ...{ preset: 'balanced', paranoia: 1, shadow: false, actions: {} },
  ...{ rules: [RULE], exceptions: [EXCEPTION] },
};
const read = (content: BlobPart) => readSetupFile(new Blob([content]));
const readJson = (value: unknown) => read(JSON.stringify(value));

describe('readSetupFile', () => {
  it('reads what was exported, with or without a mark of its encoding', async () => {
    expect(await readJson(SETUP)).toEqual({ setup: SETUP });
    expect(await read(`\ufeff${JSON.stringify(SETUP)}`)).toEqual({ setup: SETUP });
  });

  it('fills in what the gateway does not ask for', async () => {
    const { paranoia: _, roles: __, ...rule } = RULE;
    const { fragment: ___, groupIds: ____, ...exception } = EXCEPTION;
    const read = await readJson({ ...SETUP, rules: [rule], exceptions: [exception], extra: 1 });
    expect(read).toEqual({
      setup: { ...SETUP, rules: [{ ...rule, paranoia: 1, roles: ['user', 'tool'] }] },
    });
  });

  it('says why a file holds none', async () => {
    expect(await read('{"preset": "balanced",')).toEqual({ fault: 'json' });
    expect(await read('')).toEqual({ fault: 'json' });
    const utf16 = Buffer.from(`\ufeff${JSON.stringify(SETUP)}`, 'utf16le');
    expect(await read(new Uint8Array(utf16))).toEqual({ fault: 'encoding' });
    expect(await read(new Uint8Array(SETUP_FILE_BYTES + 1))).toEqual({ fault: 'large' });
  });

  it.each([
    null,
    [],
    'balanced',
    { ...SETUP, rules: undefined },
    { ...SETUP, actions: null },
    { ...SETUP, rules: [null] },
    { ...SETUP, rules: [{}] },
    { ...SETUP, rules: [{ ...RULE, roles: 'user' }] },
    { ...SETUP, rules: [{ ...RULE, catches: [1] }] },
    { ...SETUP, exceptions: ['e'] },
    { ...SETUP, exceptions: [{ ...EXCEPTION, expiresAt: 5 }] },
  ])('takes none that it could not show: %j', async (value) => {
    expect(await readJson(value)).toEqual({ fault: 'fields' });
  });
});
