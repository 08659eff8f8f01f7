import { describe, expect, it } from '@jest/globals';
import { systemContext, type CallContext, type Permission } from '@lorekeep/kit/context';
import type { Readers } from '@lorekeep/retrieval';
import { KeepDenials } from './keep-denials.js';

const system = systemContext('11111111-1111-4111-8111-111111111111');
const holding = (...permissions: Permission[]): CallContext => ({
  ...system,
  caller: { ...system.caller, permissions: new Set(permissions) },
});
const guard = (denials: () => Promise<object[]>) => new KeepDenials({ denials } as unknown as Readers);
const places = [{ scope: 'folder', id: 'f', name: 'Layoffs' }];
const nothing = () => Promise.resolve([]);
const deleting = (keep: KeepDenials, ctx: CallContext, work: () => Promise<string>) =>
  keep.whileDeleting(ctx, 'g', work);

describe('KeepDenials', () => {
  it('names the places to those who manage documents alone', async () => {
    const keep = guard(() => Promise.resolve(places));
    const gone = () => Promise.resolve('gone');
    await expect(deleting(keep, holding('admin.users', 'documents.write'), gone)).rejects.toMatchObject({
      code: 'GROUP_DENIED',
      status: 409,
      safeText: expect.stringContaining('the folder “Layoffs”'),
      details: [{ path: 'folders.f', message: 'Layoffs' }],
    });
    await expect(deleting(keep, holding('admin.users'), gone)).rejects.toMatchObject({
      safeText: expect.not.stringContaining('Layoffs'),
      details: [],
    });
  });

  it('deletes what is denied nowhere, and believes the database where it knows better', async () => {
    const keep = guard(nothing);
    expect(await deleting(keep, holding(), () => Promise.resolve('gone'))).toBe('gone');
    const refused = Object.assign(new Error('x'), { constraint: 'reader_denies' });
    await expect(deleting(keep, holding(), () => Promise.reject(refused))).rejects.toMatchObject({
      code: 'GROUP_DENIED',
    });
    const other = new Error('down');
    await expect(deleting(keep, holding(), () => Promise.reject(other))).rejects.toBe(other);
  });

  it('lets nobody leave while it cannot be known, or has not been confirmed', async () => {
    const down = guard(() => Promise.reject(new Error('down')));
    await expect(down.whileLeaving(holding(), ['g'], false)).rejects.toThrow('down');
    const keep = guard(() => Promise.resolve(places));
    await expect(keep.whileLeaving(holding(), ['g'], false)).rejects.toMatchObject({ code: 'GROUP_DENIED' });
    await expect(keep.whileLeaving(holding(), ['g'], true)).resolves.toBeUndefined();
    await expect(keep.whileLeaving(holding(), [], false)).resolves.toBeUndefined();
    await expect(guard(nothing).whileLeaving(holding(), ['g'], false)).resolves.toBeUndefined();
  });
});
