import { createHash } from 'node:crypto';
import type { UseCase } from '@lorekeep/contracts';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import type { Driver, DriverName } from './driver.js';
import { EXTRACTIVE_MODEL } from './extractive/extractive-driver.js';
import type { Replicas } from './replicas/replicas.js';
import { isAllowed, NO_POLICY, resolveRoute, type ModelPolicy } from './routes/resolve-route.js';
import type { Routes } from './routes/parse-routes.js';
import { UNQUOTABLE, useCaseOf } from './routes/use-cases.js';

/** How long the lists of the model servers are believed where nobody watches them. */
const LIST_AGE_MS = 30_000;
/**
 * A model that was listed within this time is away, not unknown: a host lists what is ready, and a large model takes
 * minutes to start again.
 */
export const AWAY_MS = 10 * 60_000;
/** Names that are remembered so. */
export const AWAY_MAX = 1_000;

export interface ModelRow {
  readonly id: string;
  readonly driver: DriverName;
}

export interface ChosenModel {
  readonly model: string;
  readonly driver: Driver;
  /** What to try in order while this one is away and nothing was said; without the extractive driver. */
  readonly next?: readonly ChosenModel[];
  /** Nobody waits for the answer. */
  readonly background?: boolean;
}

/** What the question is for, where no model was named. */
export interface Purpose {
  readonly useCase: UseCase;
  /** The same for all questions of a conversation: it keeps to one side of a divided route. */
  readonly conversation: string;
}

export interface ModelServers {
  readonly driver: Driver;
  readonly replicas: Pick<Replicas, 'all' | 'names' | 'check'>;
}

export interface ModelRules {
  /** Names in order of preference; empty: what the model servers list. */
  readonly configured: readonly string[];
  readonly routes: Routes;
  /** Throws where it cannot be read: then no model is chosen. */
  readonly policyOf?: (ctx: CallContext) => Promise<ModelPolicy>;
}

const ANY: Purpose = { useCase: 'question', conversation: '' };

/** Which models may be asked, and which driver answers for them. */
export class Models {
  private looked: { at: number; done: Promise<unknown> } | undefined;
  /** When each name was last listed. */
  private readonly listed = new Map<string, number>();

  constructor(
    private readonly extractive: Driver,
    private readonly servers: ModelServers | null,
    private readonly rules: ModelRules,
    private readonly clock: Clock,
  ) {}

  /** Models that this tenant may ask, best first, then the extractive one, which is always there. */
  async list(ctx: CallContext): Promise<ModelRow[]> {
    const policy = await this.policyOf(ctx);
    const names = (await this.names()).filter((name) => isAllowed(policy, name));
    const rows: ModelRow[] = names.map((id) => ({ id, driver: 'openai-compatible' }));
    return [...rows, { id: EXTRACTIVE_MODEL, driver: 'extractive' }];
  }

  /**
   * The driver for a model, with what to try after it; without a name, or with one like `lorekeep-code`, the models
   * that the use case is routed to. For vectors there is nothing after the first: those of another model cannot be
   * compared with its own. Quotations come after everything but vectors and transcripts.
   * @throws RequestError MODEL_NOT_FOUND (404)
   */
  async choose(ctx: CallContext, name?: string, purpose: Purpose = ANY): Promise<ChosenModel> {
    const asked = useCaseOf(name);
    const useCase = asked ?? purpose.useCase;
    const isQuotable = !UNQUOTABLE.has(purpose.useCase);
    if (name === EXTRACTIVE_MODEL && isQuotable) return this.fallback();
    if (name !== undefined && asked === undefined) return this.named(ctx, name);
    const { servers } = this;
    if (!servers) return isQuotable ? this.fallback() : none(purpose.useCase);
    const models = await this.names();
    const policy = await this.policyOf(ctx);
    const { routes } = this.rules;
    const conversation = createHash('sha256')
      .update(`${ctx.tenantId}\n${purpose.conversation}`)
      .digest('hex');
    const order = resolveRoute({ useCase, models, routes, policy, conversation });
    const background = useCase === 'batch';
    const [first, ...next] = order.map((model) => ({ model, driver: servers.driver, background }));
    if (purpose.useCase === 'embedding' && first) return first;
    if (first) return { ...first, next };
    return isQuotable ? this.fallback() : none(purpose.useCase);
  }

  /** What answers when the model servers are away: quotations. */
  fallback(): ChosenModel {
    return { model: EXTRACTIVE_MODEL, driver: this.extractive };
  }

  private async named(ctx: CallContext, name: string): Promise<ChosenModel> {
    const policy = await this.policyOf(ctx);
    if (!this.servers || !isAllowed(policy, name) || !(await this.isServed(name))) throw notFound();
    return { model: name, driver: this.servers.driver };
  }

  private async isServed(name: string): Promise<boolean> {
    if ((await this.names()).includes(name) || this.isStarting(name)) return true;
    const seen = this.listed.get(name);
    return seen !== undefined && this.clock.monotonic() - seen < AWAY_MS;
  }

  /** An engine host says what it starts long before it can be asked for it. */
  private isStarting(name: string): boolean {
    if (!this.servers || this.rules.configured.length > 0) return false;
    return this.servers.replicas.all.some(({ instances }) => instances.some(({ model }) => model === name));
  }

  /** The oldest goes first where there are too many. */
  private remember(names: readonly string[], now: number): void {
    for (const name of names) {
      this.listed.delete(name);
      this.listed.set(name, now);
    }
    for (const name of this.listed.keys()) {
      if (this.listed.size <= AWAY_MAX) return;
      this.listed.delete(name);
    }
  }

  private async policyOf(ctx: CallContext): Promise<ModelPolicy> {
    return (await this.rules.policyOf?.(ctx)) ?? NO_POLICY;
  }

  /** A list that is out of date is better than none; a question will find out whether the server is there. */
  private async names(): Promise<readonly string[]> {
    if (!this.servers) return [];
    if (this.rules.configured.length > 0) return this.rules.configured;
    const { all, names, check } = this.servers.replicas;
    const now = this.clock.monotonic();
    const isUnknown = all.every(({ cards }) => cards === null);
    if (!this.looked || now - this.looked.at >= LIST_AGE_MS || isUnknown) {
      const { replicas } = this.servers;
      const done = Promise.all(all.map((replica) => check.call(replicas, replica)));
      this.looked = { at: now, done };
      // Only where nothing is known does the question wait for it.
      if (isUnknown) await done;
    }
    const listed = names.call(this.servers.replicas);
    this.remember(listed, now);
    return listed;
  }
}

function none(useCase: UseCase): never {
  const what = useCase === 'embedding' ? 'makes embeddings' : 'transcribes speech';
  throw new RequestError(404, 'MODEL_NOT_FOUND', `There is no model here that ${what}.`);
}

function notFound(): RequestError {
  return new RequestError(404, 'MODEL_NOT_FOUND', 'There is no model of this name; see the list of models.');
}
