import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addUser, openAuth, type OpenAuth } from './testing/open-auth.js';

describe('Groups', () => {
  let open: OpenAuth;
  beforeAll(async () => {
    open = await openAuth();
  });
  afterAll(() => open.close());

  it('creates, renames, lists and deletes', async () => {
    const { groups } = open.auth;
    const hr = await groups.create(open.system, { name: ' HR ' });
    expect(hr).toMatchObject({ name: 'HR', description: '', members: 0 });
    const renamed = await groups.update(open.system, hr.id, {
      name: '人事',
      description: 'people\nand more',
    });
    expect(renamed).toEqual({ ...hr, name: '人事', description: 'people\nand more' });
    await groups.create(open.system, { name: 'Engineering' });
    const first = await groups.list(open.system, { limit: 1 });
    const second = await groups.list(open.system, { limit: 1, cursor: first.cursor ?? '' });
    expect([...first.items, ...second.items].map((group) => group.name)).toEqual(['Engineering', '人事']);
    expect(second.cursor).toBeNull();
    expect((await groups.list(open.system, { search: 'engin' })).items).toHaveLength(1);
    expect(await groups.delete(open.system, hr.id)).toEqual(renamed);
    expect(await groups.get(open.system, hr.id)).toBeNull();
    expect(await groups.delete(open.system, hr.id)).toBeNull();
  });

  it('refuses a taken name and odd ones', async () => {
    const { groups } = open.auth;
    const sales = await groups.create(open.system, { name: 'Sales' });
    const support = await groups.create(open.system, { name: 'Support' });
    await expect(groups.create(open.system, { name: 'Sales' })).rejects.toMatchObject({
      code: 'AUTH_NAME_TAKEN',
    });
    await expect(groups.update(open.system, support.id, { name: 'Sales' })).rejects.toMatchObject({
      code: 'AUTH_NAME_TAKEN',
    });
    for (const name of ['', ' ', 'x'.repeat(121), 'a\u0000']) {
      await expect(groups.create(open.system, { name })).rejects.toMatchObject({ code: 'AUTH_INVALID' });
    }
    for (const description of ['x'.repeat(2_001), '\u0000', '\ud800']) {
      const refused = groups.create(open.system, { name: 'odd', description });
      await expect(refused).rejects.toMatchObject({ code: 'AUTH_INVALID' });
    }
    const name = '组'.repeat(120);
    await groups.create(open.system, { name });
    await groups.create(open.system, { name: `${'组'.repeat(119)}鑫` });
    const long = await groups.list(open.system, { search: '组组', limit: 1 });
    expect(long.cursor?.length).toBeLessThanOrEqual(500);
    expect(
      (await groups.list(open.system, { search: '组组', cursor: long.cursor ?? '' })).items,
    ).toHaveLength(1);
    expect((await groups.get(open.system, sales.id))?.name).toBe('Sales');
  });

  it('adds and removes members of its own tenant only', async () => {
    const { groups } = open.auth;
    const group = await groups.create(open.system, { name: 'members' });
    const [one, two] = [await addUser(open), await addUser(open)];
    const theirs = await addUser(open, ['employee'], open.stranger);
    expect(await groups.addMembers(open.system, group.id, [one.id, two.id, one.id])).toMatchObject({
      members: 2,
    });
    expect(await groups.addMembers(open.system, group.id, [one.id])).toMatchObject({ members: 2 });
    await expect(groups.addMembers(open.system, group.id, [theirs.id])).rejects.toMatchObject({
      code: 'AUTH_USER_UNKNOWN',
    });
    const page = await groups.members(open.system, group.id, { limit: 1 });
    expect(page?.items).toMatchObject([{ id: one.id }]);
    const next = await groups.members(open.system, group.id, { limit: 1, cursor: page?.cursor ?? '' });
    expect(next).toMatchObject({ items: [{ id: two.id }], cursor: null });
    expect((await open.auth.users.get(open.system, one.id))?.groups).toEqual([
      { id: group.id, name: 'members' },
    ]);
    expect(await groups.removeMembers(open.system, group.id, [one.id])).toMatchObject({ members: 1 });
    await groups.delete(open.system, group.id);
    expect((await open.auth.users.get(open.system, two.id))?.groups).toEqual([]);
  });

  it('sets all members at once, and says what changed', async () => {
    const { groups } = open.auth;
    const group = await groups.create(open.system, { name: 'set' });
    const [one, two, three] = [await addUser(open), await addUser(open), await addUser(open)];
    await groups.addMembers(open.system, group.id, [one.id, two.id]);
    expect(await groups.setMembers(open.system, group.id, [two.id, three.id])).toMatchObject({
      group: { members: 2 },
      added: [three.id],
      removed: [one.id],
    });
    const theirs = await addUser(open, ['employee'], open.stranger);
    await expect(groups.setMembers(open.system, group.id, [theirs.id])).rejects.toMatchObject({
      code: 'AUTH_USER_UNKNOWN',
    });
    await Promise.all([
      groups.setMembers(open.system, group.id, [one.id, two.id]),
      groups.setMembers(open.system, group.id, [three.id]),
    ]);
    const after = (await groups.members(open.system, group.id))?.items.map((member) => member.id);
    expect([[one.id, two.id].sort(), [three.id]]).toContainEqual(after?.sort());
    expect(await groups.setMembers(open.stranger, group.id, [])).toBeNull();
    expect(await groups.setMembers(open.system, group.id, [])).toMatchObject({
      group: { members: 0 },
      added: [],
    });
  });

  it('shows nothing to another tenant, and nothing for what is no id', async () => {
    const { groups } = open.auth;
    const group = await groups.create(open.system, { name: 'hidden' });
    for (const [ctx, id] of [
      [open.stranger, group.id],
      [open.system, 'no-uuid'],
    ] as const) {
      expect(await groups.get(ctx, id)).toBeNull();
      expect(await groups.update(ctx, id, { name: 'mine' })).toBeNull();
      expect(await groups.delete(ctx, id)).toBeNull();
      expect(await groups.members(ctx, id)).toBeNull();
      expect(await groups.addMembers(ctx, id, [])).toBeNull();
      expect(await groups.removeMembers(ctx, id, [])).toBeNull();
    }
    expect(await groups.get(open.system, group.id)).toEqual(group);
    const [row] = (await groups.list(open.stranger)).items;
    expect(row).toBeUndefined();
  });
});
