import { migrate } from '@lorekeep/kit/database';
import { installJobQueue } from '@lorekeep/kit/jobs';
import { migrations } from '@lorekeep/migrations';
import { enableVectors } from '@lorekeep/retrieval';
import type { OpenDatabase } from './open-database.js';

/** Brings schema and job queue up to date with the owner's role; returns the names of the migrations that ran. */
export async function prepareSchema({ ownerUrl, appRole }: OpenDatabase): Promise<string[]> {
  const ran = await migrate({ ownerUrl, appRole, migrations });
  await installJobQueue(ownerUrl, appRole);
  // Where the server has no pgvector, or the owner may not, vectors are searched without it: `vectors enable` says why.
  await enableVectors(ownerUrl);
  return ran;
}
