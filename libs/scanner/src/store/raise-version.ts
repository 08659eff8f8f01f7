import type { CallContext } from '@lorekeep/kit/context';
import type { Tx } from '@lorekeep/kit/database';

/** Makes changes of one tenant wait for each other until the transaction ends. */
export async function lockVersion(tx: Tx, ctx: CallContext): Promise<void> {
  await tx.query(
    `insert into word_version (tenant_id, version) values ($1, 0)
     on conflict (tenant_id) do update set version = word_version.version`,
    [ctx.tenantId],
  );
}

/** Tells every process that what answers are scanned with has changed: in the same transaction as the change. */
export async function raiseVersion(
  tx: Tx,
  ctx: CallContext,
  changed: 'words' | 'lists' | 'policy',
): Promise<void> {
  await tx.query(
    `insert into word_version as v (tenant_id, version, words_version) values ($1, 1, $2::int)
     on conflict (tenant_id) do update
       set version = v.version + 1, words_version = case when $2::int = 1 then v.version + 1 else v.words_version end`,
    [ctx.tenantId, changed === 'words' ? 1 : 0],
  );
}
