// A process that works on the index of a tenant until it is killed; forked by specs:
//   churn-index.ts ingest|merge|rebuild TENANT COLLECTION OWNER_URL APP_URL
import { systemContext } from '@lorekeep/kit/context';
import { MergeSegments, RebuildIndex } from '../index.js';
import { Fixture } from './fixture.js';

const [mode, tenantId = '', collectionId = '', ownerUrl = '', appUrl = ''] = process.argv.slice(2);
const fixture = await Fixture.open({ ownerUrl, appUrl });
const ctx = systemContext(tenantId);
const merge = new MergeSegments(fixture.database);
const rebuild = new RebuildIndex(fixture.database);

const work: Record<string, () => Promise<unknown>> = {
  async ingest() {
    const texts = Array.from({ length: 20 }, (_, i) => `passage ${i} of ${crypto.randomUUID()}`);
    await Promise.all([1, 2].map((n) => fixture.document(ctx, collectionId, `document ${n}`, texts)));
  },
  async merge() {
    if (await merge.run(ctx)) return;
    // Nothing is due: split what there is into segments again.
    for (let i = 0; i < 8; i++)
      await fixture.document(ctx, collectionId, `small ${i}`, [crypto.randomUUID()]);
  },
  async rebuild() {
    const batch = await rebuild.batch(ctx);
    if (batch?.documents === 0) await rebuild.markAll(ctx);
  },
};

process.send?.('begun');
for (;;) await work[mode ?? '']?.();
