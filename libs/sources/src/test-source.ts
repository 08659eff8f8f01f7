import type { SourceSecret, SourceSettings } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSource } from './read/open-source.js';
import type { SourceReader } from './read/source-reader.js';
import { serverOf } from './paths/server-of.js';
import { openSecret } from './secrets/seal-secret.js';
import { problemOf, SourceProblem } from './sources.errors.js';

export interface TestResult {
  readonly ok: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly files: string[];
}

/** Enough to see whether it is the right one. */
const SHOWN = 5;

/** Tries to reach what a source would be made of; nothing is stored. */
export class TestSource {
  constructor(
    private readonly database: Database,
    private readonly opener: OpenSource,
    private readonly settings: { key: Buffer; directory: string; timeoutMs: number },
  ) {}

  async run(
    ctx: CallContext,
    wanted: { settings: SourceSettings; secret: SourceSecret | null; sourceId?: string | undefined },
  ): Promise<TestResult> {
    const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(this.settings.timeoutMs)]);
    // The copy of a repository that a test makes is not that of a source.
    const trialId = crypto.randomUUID();
    let reader: SourceReader | undefined;
    try {
      const secret = wanted.secret ?? (await this.stored(ctx, wanted));
      const sourceId = wanted.settings.kind === 'archive' ? (wanted.sourceId ?? trialId) : trialId;
      reader = await this.opener.open(ctx, { sourceId, settings: wanted.settings, secret }, signal);
      const files: string[] = [];
      for await (const { path } of reader.list(signal)) if (files.push(path) >= SHOWN) break;
      return { ok: true, code: null, message: null, files };
    } catch (cause) {
      const late = signal.aborted && !ctx.signal.aborted;
      const problem = late ? new SourceProblem('SOURCE_TIMEOUT') : problemOf(cause);
      return { ok: false, code: problem.code, message: problem.sentence, files: [] };
    } finally {
      await reader?.close();
      await rm(join(this.settings.directory, 'git', trialId), { recursive: true, force: true });
    }
  }

  /** Only for the same server: a changed address must not be sent the credentials of another. */
  private async stored(
    ctx: CallContext,
    { settings, sourceId }: { settings: SourceSettings; sourceId?: string | undefined },
  ): Promise<SourceSecret | null> {
    if (sourceId === undefined) return null;
    const [row] = await this.database.once<{ secret: Buffer | null; settings: SourceSettings }>(
      ctx,
      'select secret, settings from source where id = $1 and tenant_id = app_tenant()',
      [sourceId],
    );
    if (!row?.secret || serverOf(row.settings) !== serverOf(settings)) return null;
    return openSecret(this.settings.key, { tenantId: ctx.tenantId, sourceId }, row.secret);
  }
}
