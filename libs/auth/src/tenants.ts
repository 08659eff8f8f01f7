import { ROLES, type CallContext } from '@lorekeep/kit/context';
import { z } from 'zod';
import { TenantRepository, type TenantRow } from './store/tenant.repository.js';
import { name, slug, validate } from './validate-input.js';

/** What administrators of a tenant decide for it; a missing one has its default. */
const settings = z.object({
  /** Whether the audit keeps the text of questions, as the firewall has passed them. */
  keepQuestionText: z.boolean().default(true),
  /** Whether the audit keeps the text of answers. */
  keepAnswerText: z.boolean().default(false),
  /** Whether callers see a model's reasoning, scanned like the answer. */
  showReasoning: z.boolean().default(false),
  /** Whether callers see what they typed and the firewall took out again where an answer speaks of it. */
  giveBackSecrets: z.boolean().default(true),
  /** Passages that an answer may rest on. */
  passagesPerQuestion: z.number().int().min(1).max(50).default(8),
  /** What becomes of a sentence that the passages it cites do not support. */
  groundedness: z.enum(['off', 'mark', 'withhold']).default('mark'),
  /** Models that may be asked; none: all. */
  allowedModels: z.array(z.string().min(1).max(200)).max(50).default([]),
  /** Models by use case, in place of the installation's; as INFERENCE_ROUTES. */
  modelRoutes: z.string().max(4_000).default(''),
  /** Roles whose people go first where questions wait: support has somebody waiting, too. */
  firstRoles: z.array(z.enum(ROLES)).max(ROLES.length).default(['support']),
});
/** Without the defaults: a change of one setting must not bring the others back to theirs. */
const { shape } = settings;
const settingChanges = z.strictObject({
  keepQuestionText: shape.keepQuestionText.unwrap().optional(),
  keepAnswerText: shape.keepAnswerText.unwrap().optional(),
  showReasoning: shape.showReasoning.unwrap().optional(),
  giveBackSecrets: shape.giveBackSecrets.unwrap().optional(),
  passagesPerQuestion: shape.passagesPerQuestion.unwrap().optional(),
  groundedness: shape.groundedness.unwrap().optional(),
  allowedModels: shape.allowedModels.unwrap().optional(),
  modelRoutes: shape.modelRoutes.unwrap().optional(),
  firstRoles: shape.firstRoles.unwrap().optional(),
} satisfies Record<keyof typeof shape, z.ZodType>);
const changes = z.strictObject({ name: name.optional(), settings: settingChanges.optional() });

export type TenantSettings = z.infer<typeof settings>;
export type TenantChanges = z.input<typeof changes>;
export interface TenantView extends Omit<TenantRow, 'settings'> {
  settings: TenantSettings;
}

export class Tenants {
  constructor(private readonly tenants: TenantRepository) {}

  /** Null for an unknown one, of whatever form. */
  async idOf(shortName: string): Promise<string | null> {
    return slug.safeParse(shortName).success ? this.tenants.idOf(shortName) : null;
  }

  /** Every tenant, oldest first: for jobs that visit all. */
  ids(): Promise<string[]> {
    return this.tenants.ids();
  }

  /** The caller's own; null when the context names none that exists. */
  async get(ctx: CallContext): Promise<TenantView | null> {
    return viewOf(await this.tenants.get(ctx));
  }

  /** Changes the named fields and settings only. */
  async update(ctx: CallContext, request: TenantChanges): Promise<TenantView | null> {
    const change = validate(changes, request);
    return viewOf(await this.tenants.update(ctx, change.name ?? null, change.settings ?? null));
  }
}

function viewOf(row: TenantRow | null): TenantView | null {
  return row && { ...row, settings: settings.parse(row.settings) };
}
