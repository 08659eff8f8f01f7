import { describe, expect, it } from '@jest/globals';
import { currentPlatform, locateBinaries } from './locate-binaries.js';

const fails = (): string => {
  throw new Error('not found');
};

describe('locateBinaries', () => {
  it.each([
    [{ os: 'linux', arch: 'x64', musl: true }, 'UNSUPPORTED_PLATFORM', /musl.*DATABASE_URL/],
    [{ os: 'win32', arch: 'x64', musl: false }, 'UNSUPPORTED_PLATFORM', /win32-x64.*DATABASE_URL/],
    [{ os: 'linux', arch: 'riscv64', musl: false }, 'UNSUPPORTED_PLATFORM', /riscv64/],
    [{ os: 'linux', arch: 'x64', musl: false }, 'BINARIES_MISSING', /npm ci/],
  ])('%j without binaries is %s', async (platform, code, message) => {
    await expect(locateBinaries(platform, fails)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('recognises this machine', () => {
    expect(currentPlatform()).toEqual({
      os: process.platform,
      arch: process.arch,
      musl: expect.any(Boolean),
    });
  });
});
