import { z } from 'zod';
import { id, line, text, time } from './shapes.js';
import { route } from './route.js';

export const FIREWALL_ACTIONS = ['allow', 'flag', 'redact', 'refuse'] as const;
export const FIREWALL_PRESETS = ['balanced', 'strict'] as const;
export const FIREWALL_ROLES = ['user', 'system', 'assistant', 'tool', 'document'] as const;
export const firewallAction = z.enum(FIREWALL_ACTIONS);
const action = firewallAction;
/** UTF-16 units of a text on the workbench, and of one that is kept as a test. */
export const FIREWALL_TEXT_LIMIT = 32_000;
/** Names that may be anything: the firewall says which of them it does not know. */
const name = z.string().max(80);
const texts = z.array(text(2_000)).max(100);

const rule = z.strictObject({
  id: name,
  category: name,
  kind: name,
  severity: name,
  paranoia: z.number().int().default(1),
  literals: z.array(z.string().max(200)).max(100),
  pattern: z.string().max(2_000),
  roles: z.array(name).max(10).optional(),
  catches: texts,
  passes: texts,
});
const exception = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .describe('chosen by who makes it'),
  target: name.describe('id of a rule, or a category'),
  fragment: text(2_000).nullable().default(null).describe('holds for hits within this text alone'),
  groupIds: z.array(id).max(50).default([]).describe('holds for members of these alone; empty: for all'),
  reason: line(500),
  expiresAt: time.describe('at most a year ahead'),
});
/** Who made an exception is known already, and not asked for. */
const givenException = exception.extend({ madeBy: z.unknown().optional(), madeAt: z.unknown().optional() });
const setup = z.strictObject({
  preset: name,
  paranoia: z.number().int().describe('1 to 4; in force is the preset’s own where that is greater'),
  shadow: z.boolean().describe('decides and records, but lets through; secrets are taken out all the same'),
  actions: z.record(name, name).describe('what differs from the preset'),
  rules: z.array(rule).max(1_000),
  exceptions: z.array(givenException).max(1_000),
});
export type FirewallSetupBody = z.infer<typeof setup>;

const storedRule = rule.extend({ paranoia: z.number(), roles: z.array(z.enum(FIREWALL_ROLES)) });
const storedException = exception.extend({
  madeBy: z.object({ id: id.nullable(), name: z.string() }),
  madeAt: time,
});
const storedSetup = z.object({
  preset: z.enum(FIREWALL_PRESETS),
  paranoia: z.number(),
  shadow: z.boolean(),
  actions: z.record(z.string(), action),
  rules: z.array(storedRule),
  exceptions: z.array(storedException),
});
export type FirewallSetup = z.infer<typeof storedSetup>;
export type FirewallOwnRule = z.infer<typeof storedRule>;
export type FirewallException = z.infer<typeof storedException>;

const setupResponse = z.object({
  version: z.number().describe('0: nothing was ever decided'),
  setup: storedSetup,
  levels: z.object({ balanced: z.number(), strict: z.number() }).describe('in force at least, by preset'),
  categories: z.array(
    z.object({
      category: z.string(),
      usual: z.object({ balanced: action, strict: action }).describe('what the presets do'),
      allowed: z.array(action),
      rules: z.number().describe('patterns of the product; 0: detectors'),
    }),
  ),
  classifier: z.object({
    state: z.enum(['off', 'loading', 'ready', 'failed']).describe('off: none is configured'),
    reason: z.string().nullable().describe('why it failed'),
  }),
});
const failedCase = z.object({
  id,
  role: z.enum(FIREWALL_ROLES),
  expected: action,
  got: action,
  text: z.string(),
  note: z.string(),
});
const preview = z.object({
  changes: z.array(
    z.object({
      what: z.enum(['preset', 'paranoia', 'shadow', 'action', 'rule', 'exception']),
      name: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  cases: z.object({
    tried: z.number(),
    broken: z.array(failedCase).describe('pass now, and would not'),
    failing: z.array(failedCase).describe('do not pass now, and would not'),
  }),
});
export type FirewallPreview = z.infer<typeof preview>;

const hit = z.object({
  rule: z.string(),
  category: z.string(),
  view: z.string(),
  start: z.number().describe('UTF-16 units of the text'),
  end: z.number(),
  inView: z.object({ start: z.number(), end: z.number() }).optional(),
  share: z.number().optional().describe('of the classifier: how sure it was, 0 to 1'),
  because: z
    .array(z.string())
    .optional()
    .describe('of what resembles an attack: the words that spoke for it, most telling first'),
});
const judged = z.object({
  action,
  shadow: action.nullable().describe('in shadow mode: what would have been done'),
  score: z.number(),
  categories: z.array(z.object({ category: z.string(), action })),
  groups: z.array(
    z.object({
      categories: z.array(z.string()),
      points: z.number(),
      sum: z.number().describe('points, were nothing talked about'),
      discussed: z.boolean(),
    }),
  ),
  hits: z.array(hit),
  spared: z.array(hit.extend({ exception: z.string() })),
  text: z.string().describe('what would go on'),
});
export type FirewallJudged = z.infer<typeof judged>;

const SETUP_BYTES = 8 * 1024 * 1024;
const admin = { permission: 'admin.rules', tag: 'admin' } as const;

export const firewallRoutes = {
  firewallSetup: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/firewall',
    summary: 'The whole setup of the firewall: policy, own rules, exceptions; what is exported',
    response: setupResponse,
  }),
  previewFirewall: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/firewall/preview',
    summary: 'What a setup would change, and which tests it would break; nothing is changed',
    body: setup,
    response: preview,
    bodyLimit: SETUP_BYTES,
  }),
  checkFirewallRule: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/firewall/rules/check',
    summary: 'What is wrong with a rule of one’s own, by field; tried with its tests, nothing is kept',
    body: rule,
    response: z.object({ mistakes: z.array(z.object({ path: z.string(), message: z.string() })) }),
  }),
  setFirewall: route({
    ...admin,
    method: 'PUT',
    path: '/api/admin/firewall',
    summary: 'Replace the whole setup; all or nothing',
    body: z.strictObject({
      setup,
      over: z.number().int().min(0).describe('the version that is replaced'),
      acceptBroken: z.boolean().default(false).describe('also where tests break'),
    }),
    response: setupResponse,
    bodyLimit: SETUP_BYTES,
  }),
  firewallVersions: route({
    ...admin,
    method: 'GET',
    path: '/api/admin/firewall/versions',
    summary: 'Setups that can be returned to, newest first',
    response: z.object({
      rows: z.array(z.object({ version: z.number(), savedByName: z.string(), savedAt: time })),
    }),
  }),
  firewallVersion: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/firewall/versions/show',
    summary: 'A setup that was in force; 0 is what is built in',
    body: z.strictObject({ version: z.number().int().min(0) }),
    response: storedSetup,
  }),
  tryFirewall: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/firewall/try',
    summary: 'What is decided about a text and why, now and under a draft; nothing is kept',
    body: z.strictObject({
      text: text(FIREWALL_TEXT_LIMIT),
      role: z.enum(FIREWALL_ROLES).default('user'),
      draft: setup.nullable().default(null),
    }),
    response: z.object({
      views: z.array(z.object({ name: z.string(), text: z.string(), evident: z.boolean() })),
      current: judged,
      draft: judged.nullable(),
    }),
    bodyLimit: SETUP_BYTES,
  }),
  replayFirewall: route({
    ...admin,
    method: 'POST',
    path: '/api/admin/firewall/replay',
    summary:
      'Kept questions under a draft, a page at a time; their texts for those alone who may read the audit. Recorded, with what the draft changes',
    body: z.strictObject({
      draft: setup,
      from: time,
      to: time,
      before: z.number().int().min(1).nullable().default(null).describe('the `next` of the page before'),
    }),
    response: z.object({
      read: z.number(),
      unkept: z.number().describe('questions whose text is not kept'),
      counts: z.record(z.string(), z.number()).describe('`allow>refuse`: how many'),
      changed: z.array(
        z.object({
          reference: z.string(),
          at: time,
          text: z.string(),
          before: action,
          after: action,
          rules: z.array(z.string()),
        }),
      ),
      texts: z.boolean().describe('false: `changed` is empty, since the caller may not read the audit'),
      byRule: z.record(z.string(), z.number()).describe('questions that change, by the rules that decide'),
      reached: time.nullable().describe('time of the last question that was read'),
      next: z.number().nullable(),
    }),
    bodyLimit: SETUP_BYTES,
  }),
};
