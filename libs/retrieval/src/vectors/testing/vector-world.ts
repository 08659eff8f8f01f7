import { readFileSync } from 'node:fs';
import type { Clock } from '@lorekeep/kit/clock';
import { systemClock } from '@lorekeep/kit/clock';
import { loadConfig } from '@lorekeep/kit/config';
import type { CallContext } from '@lorekeep/kit/context';
import type { ClonedDatabase } from '@lorekeep/kit/testing';
import { Fixture } from '../../testing/index.js';
import { enableVectors, Readers, Search, type SearchResult } from '../../index.js';
import type { ModelError } from '../models/model.errors.js';
import { VectorKeeper } from '../keep-vectors.js';
import { readVectorSettings, type VectorSettings } from '../read-settings.js';
import type { VectorStep } from '../step-vectors.js';
import { vectorConfigSchema } from '../vectors.config.js';

/** Nothing is late only because a machine is busy. */
const PATIENT = { RETRIEVAL_QUESTION_VECTOR_TIMEOUT_MS: '4000', RETRIEVAL_VECTOR_RANK_TIMEOUT_MS: '4000' };

export const settingsOf = (environment: Readonly<Record<string, string>>): VectorSettings =>
  readVectorSettings(loadConfig(vectorConfigSchema, { ...PATIENT, ...environment }));

export interface Kept {
  readonly keeper: VectorKeeper;
  readonly steps: VectorStep[];
  readonly away: ModelError[];
  readonly failures: unknown[];
  /** Rounds until nothing is left, then stops; fails where there is no end. */
  settle(): Promise<void>;
  /** One round, then stops. */
  once(): Promise<void>;
}

/** Keepers and searches of one database for specs. */
export class VectorWorld {
  constructor(
    readonly clone: ClonedDatabase,
    readonly fixture: Fixture,
  ) {}

  keep(settings: VectorSettings, clock: Clock = systemClock): Kept {
    const steps: VectorStep[] = [];
    const away: ModelError[] = [];
    const failures: unknown[] = [];
    const keeper = new VectorKeeper(this.fixture.database, settings, clock, {
      stepped: (_, step) => steps.push(step),
      away: (_, __, error) => away.push(error),
      failed: (_, cause) => failures.push(cause),
    });
    const settle = async (): Promise<void> => {
      for (let rounds = 0; rounds < 500; rounds++) {
        const before = steps.length;
        const more = await keeper.round();
        if (!more && steps.length === before) return keeper.stop();
        for (const { id } of await this.tenants()) keeper.wake(id);
      }
      throw new Error('the vectors do not come to rest');
    };
    const once = async (): Promise<void> => {
      await keeper.round();
      await keeper.stop();
    };
    return { keeper, steps, away, failures, settle, once };
  }

  /** A search that knows nothing of earlier ones. */
  search(settings: VectorSettings, ctx: CallContext, text: string, k = 5): Promise<SearchResult> {
    return new Search(this.fixture.database, systemClock, { vectors: settings }).run(ctx, { text, k });
  }

  /** A collection with these readers. */
  async collection(writer: CallContext, slug: string, ...principals: string[]): Promise<string> {
    const id = await this.fixture.collection(writer, slug);
    await this.read(writer, id, ...principals);
    return id;
  }

  read(writer: CallContext, collectionId: string, ...principals: string[]): Promise<unknown> {
    return new Readers(this.fixture.database).setOfCollection(
      writer,
      collectionId,
      principals.map((principal) => ({ principal, effect: 'allow' as const })),
    );
  }

  sql<Row extends Record<string, unknown>>(
    ctx: CallContext,
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    return this.fixture.database.once<Row>(ctx, text, values, { access: 'all' });
  }

  private tenants(): Promise<{ id: string }[]> {
    return this.fixture.database.withoutTenant<{ id: string }>('select tenant_ids() as id');
  }
}

/** Enables pgvector in a clone; false where the test cluster has none. */
export async function enableInClone(clone: ClonedDatabase): Promise<boolean> {
  const { LOREKEEP_TEST_POSTGRES: file = '' } = process.env;
  const { adminUrl } = JSON.parse(readFileSync(file, 'utf8')) as { adminUrl: string };
  const inside = new URL(adminUrl);
  inside.pathname = `/${clone.name}`;
  return (await enableVectors(inside.href)).version !== null;
}

/** A spec is skipped, by name, where the test run has found no Postgres with pgvector. */
export const hasPgvector = (): boolean => Boolean(process.env['PGVECTOR_POSTGRES']);
