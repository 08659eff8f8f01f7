import { z } from 'zod';
import { id, name, noContent, text, time } from './shapes.js';
import { route } from './route.js';
import { LOCALES, PERMISSIONS, ROLES } from './vocabulary.js';

const password = text(512, 0).min(1);

export const signInBody = z.strictObject({
  email: text(320, 0),
  password,
  tenant: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .default('main')
    .describe('short name of the organisation'),
});

export const person = z.object({
  id,
  email: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(ROLES)),
  permissions: z.array(z.enum(PERMISSIONS)),
  locale: z.enum(LOCALES).nullable().describe("null: none was chosen; the browser's is followed"),
  tenant: z.object({ id, slug: z.string(), name: z.string() }),
  mustChangePassword: z.boolean(),
});
export type Person = z.infer<typeof person>;

const measure = z.object({
  used: z.number(),
  limit: z.number().nullable().describe('null: no limit'),
  resetsAt: time.nullable(),
});
export const usage = z.object({ requests: measure, tokens: measure, concurrent: measure });
export type Usage = z.infer<typeof usage>;

export const sessionRow = z.object({
  id,
  current: z.boolean(),
  createdAt: time,
  lastSeenAt: time,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});

export const keyRow = z.object({
  id,
  name: z.string(),
  displayPrefix: z.string(),
  scopes: z.array(z.enum(PERMISSIONS)),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
});
export type KeyRow = z.infer<typeof keyRow>;
export const createKeyBody = z.strictObject({
  name: name(),
  scopes: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length).default(['ask']),
  expiresAt: time.nullable().default(null),
});

export const accountRoutes = {
  signIn: route({
    method: 'POST',
    path: '/api/session',
    permission: 'public',
    summary: 'Sign in',
    tag: 'account',
    body: signInBody,
    response: person,
  }),
  me: route({
    method: 'GET',
    path: '/api/session',
    permission: 'account',
    summary: 'Who is signed in',
    tag: 'account',
    response: person,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/api/session',
    permission: 'account',
    summary: 'Sign out',
    tag: 'account',
    response: noContent,
    status: 204,
  }),
  changePassword: route({
    method: 'POST',
    path: '/api/account/password',
    permission: 'account',
    summary: 'Change the own password; ends all other sessions',
    tag: 'account',
    body: z.strictObject({ current: password, next: password }),
    response: noContent,
    status: 204,
  }),
  updateMe: route({
    method: 'PATCH',
    path: '/api/account',
    permission: 'account',
    summary: 'Change language or name',
    tag: 'account',
    body: z.strictObject({ locale: z.enum(LOCALES).nullable().optional(), displayName: name().optional() }),
    response: person,
  }),
  usage: route({
    method: 'GET',
    path: '/api/account/usage',
    permission: 'account',
    summary: 'What is left of the quotas',
    tag: 'account',
    response: usage,
  }),
  sessions: route({
    method: 'GET',
    path: '/api/account/sessions',
    permission: 'account',
    summary: 'Own sessions',
    tag: 'account',
    response: z.object({ rows: z.array(sessionRow) }),
  }),
  revokeSession: route({
    method: 'DELETE',
    path: '/api/account/sessions/:id',
    permission: 'account',
    summary: 'End a session',
    tag: 'account',
    response: noContent,
    status: 204,
  }),
  keys: route({
    method: 'GET',
    path: '/api/keys',
    permission: 'keys',
    summary: 'Own API keys',
    tag: 'keys',
    response: z.object({ rows: z.array(keyRow) }),
  }),
  createKey: route({
    method: 'POST',
    path: '/api/keys',
    permission: 'keys',
    summary: 'Create an API key; the key is shown once',
    tag: 'keys',
    body: createKeyBody,
    response: keyRow.extend({ key: z.string() }),
    status: 201,
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/api/keys/:id',
    permission: 'keys',
    summary: 'Revoke an API key',
    tag: 'keys',
    response: noContent,
    status: 204,
  }),
};
