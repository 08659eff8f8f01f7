import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import type { Driver, DriverName } from './driver.js';
import { EXTRACTIVE_MODEL } from './extractive/extractive-driver.js';
import type { OpenAiDriver } from './openai/openai-driver.js';

/** How long the list of the model server is believed. */
const LIST_AGE_MS = 30_000;

export interface ModelRow {
  readonly id: string;
  readonly driver: DriverName;
}

export interface ChosenModel {
  readonly model: string;
  readonly driver: Driver;
}

/** Which models may be asked, and which driver answers for them. */
export class Models {
  private listed: { at: number; names: readonly string[] } | undefined;

  /** @param configured names in order of preference; empty: what the model server lists */
  constructor(
    private readonly extractive: Driver,
    private readonly upstream: OpenAiDriver | null,
    private readonly configured: readonly string[],
    private readonly clock: Clock,
  ) {}

  /** Models of the server, best first, then the extractive one, which is always there. Never throws. */
  async list(ctx: CallContext): Promise<ModelRow[]> {
    const names = await this.names(ctx);
    const rows: ModelRow[] = names.map((id) => ({ id, driver: 'openai-compatible' }));
    return [...rows, { id: EXTRACTIVE_MODEL, driver: 'extractive' }];
  }

  /**
   * The driver for a model; without a name the best one there is.
   * @throws RequestError MODEL_NOT_FOUND (404)
   */
  async choose(ctx: CallContext, name?: string): Promise<ChosenModel> {
    const first = this.configured[0];
    if (name === EXTRACTIVE_MODEL || this.upstream === null) {
      if (name !== undefined && name !== EXTRACTIVE_MODEL) throw notFound();
      return this.fallback();
    }
    if (name === undefined && first !== undefined) return { model: first, driver: this.upstream };
    if (name !== undefined && this.configured.includes(name)) return { model: name, driver: this.upstream };
    const names = await this.names(ctx);
    const model = name === undefined ? names[0] : names.find((known) => known === name);
    if (model !== undefined) return { model, driver: this.upstream };
    if (name === undefined) return this.fallback();
    throw notFound();
  }

  /** What answers when the model server is away: quotations. */
  fallback(): ChosenModel {
    return { model: EXTRACTIVE_MODEL, driver: this.extractive };
  }

  private async names(ctx: CallContext): Promise<readonly string[]> {
    if (this.upstream === null) return [];
    if (this.configured.length > 0) return this.configured;
    const now = this.clock.monotonic();
    if (this.listed && now - this.listed.at < LIST_AGE_MS) return this.listed.names;
    try {
      this.listed = { at: now, names: await this.upstream.models(ctx) };
    } catch {
      // A list that is out of date is better than none; a question will find out whether the server is there.
      return this.listed?.names ?? [];
    }
    return this.listed.names;
  }
}

function notFound(): RequestError {
  return new RequestError(404, 'MODEL_NOT_FOUND', 'There is no model of this name; see the list of models.');
}
