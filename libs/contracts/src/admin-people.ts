import { z } from 'zod';
import { cursorPageOf, cursorQuery, id, name, noContent, text, time } from './shapes.js';
import { route } from './route.js';
import { LOCALES, ROLES } from './vocabulary.js';

const group = z.object({ id, name: z.string() });
const language = z.enum(LOCALES).nullable().describe("null: the browser's is followed");
export const userRow = z.object({
  id,
  email: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(ROLES)),
  locale: language,
  groups: z.array(group),
  disabledAt: time.nullable(),
  lastSignInAt: time.nullable(),
  createdAt: time,
});
export type UserRow = z.infer<typeof userRow>;
const roles = z.array(z.enum(ROLES)).max(ROLES.length);
const groupIds = z.array(id).max(500);

export const groupRow = z.object({ id, name: z.string(), description: z.string(), members: z.number() });
export type GroupRow = z.infer<typeof groupRow>;

/** Administration of users and groups. */
export const peopleRoutes = {
  users: route({
    method: 'GET',
    path: '/api/admin/users',
    permission: 'admin.users',
    summary: 'Users, by e-mail',
    tag: 'admin',
    query: cursorQuery,
    response: cursorPageOf(userRow),
  }),
  createUser: route({
    method: 'POST',
    path: '/api/admin/users',
    permission: 'admin.users',
    summary: 'Create a user; the initial password is shown once',
    tag: 'admin',
    body: z.strictObject({
      email: z.email().max(320),
      displayName: name(),
      roles: roles.min(1).default(['employee']),
      groupIds: groupIds.default([]),
      locale: language.default(null),
    }),
    response: userRow.extend({ initialPassword: z.string() }),
    status: 201,
  }),
  user: route({
    method: 'GET',
    path: '/api/admin/users/:id',
    permission: 'admin.users',
    summary: 'One user',
    tag: 'admin',
    response: userRow,
  }),
  updateUser: route({
    method: 'PATCH',
    path: '/api/admin/users/:id',
    permission: 'admin.users',
    summary: 'Change name, roles, groups, or disable',
    tag: 'admin',
    body: z.strictObject({
      displayName: name().optional(),
      roles: roles.min(1).optional(),
      groupIds: groupIds.optional(),
      locale: language.optional(),
      disabled: z.boolean().optional(),
      liftDenials: z
        .boolean()
        .optional()
        .describe(
          'whoever leaves a group that is denied somewhere may be able to read that; without this it is refused',
        ),
    }),
    response: userRow,
  }),
  resetPassword: route({
    method: 'POST',
    path: '/api/admin/users/:id/password',
    permission: 'admin.users',
    summary: 'Set a new initial password, shown once; ends all sessions',
    tag: 'admin',
    response: z.object({ initialPassword: z.string() }),
  }),
  groups: route({
    method: 'GET',
    path: '/api/admin/groups',
    permission: 'admin.users',
    summary: 'Groups, by name',
    tag: 'admin',
    query: cursorQuery,
    response: cursorPageOf(groupRow),
  }),
  createGroup: route({
    method: 'POST',
    path: '/api/admin/groups',
    permission: 'admin.users',
    summary: 'Create a group',
    tag: 'admin',
    body: z.strictObject({ name: name(), description: text(2_000, 0).default('') }),
    response: groupRow,
    status: 201,
  }),
  updateGroup: route({
    method: 'PATCH',
    path: '/api/admin/groups/:id',
    permission: 'admin.users',
    summary: 'Rename or describe',
    tag: 'admin',
    body: z.strictObject({ name: name().optional(), description: text(2_000, 0).optional() }),
    response: groupRow,
  }),
  deleteGroup: route({
    method: 'DELETE',
    path: '/api/admin/groups/:id',
    permission: 'admin.users',
    summary: 'Delete a group; what was granted to it is lost; refused while it is denied somewhere',
    tag: 'admin',
    response: noContent,
    status: 204,
  }),
  groupMembers: route({
    method: 'GET',
    path: '/api/admin/groups/:id/members',
    permission: 'admin.users',
    summary: 'Members',
    tag: 'admin',
    response: z.object({ rows: z.array(z.object({ id, email: z.string(), displayName: z.string() })) }),
  }),
  setGroupMembers: route({
    method: 'PUT',
    path: '/api/admin/groups/:id/members',
    permission: 'admin.users',
    summary: 'Set the members',
    tag: 'admin',
    body: z.strictObject({
      userIds: z.array(id).max(10_000),
      liftDenials: z
        .boolean()
        .default(false)
        .describe(
          'whoever leaves a group that is denied somewhere may be able to read that; without this it is refused',
        ),
    }),
    response: groupRow,
  }),
};
