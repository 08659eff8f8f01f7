import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { MergeSegments, rebuildTenant, VerifyIndex } from './index.js';
import { Fixture } from './testing/index.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
let clone: ClonedDatabase;
let fixture: Fixture;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

/** Lets a process work on the index, and kills it after so many milliseconds of it. */
async function churn(
  mode: string,
  writer: CallContext,
  collection: string,
  milliseconds: number,
): Promise<void> {
  const child = fork(
    here('./testing/churn-index.ts'),
    [mode, writer.tenantId, collection, clone.ownerUrl, clone.appUrl],
    {
      execArgv: [
        '--import',
        here('../../../test/support/typescript.mjs'),
        '-C',
        'lorekeep-source',
        '--no-warnings',
      ],
      env: {},
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  await once(child, 'message');
  await delay(milliseconds);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

describe('a process that is killed', () => {
  it.each(['ingest', 'merge', 'rebuild'])(
    'in the middle of %s leaves an index that is as it should be',
    async (mode) => {
      const writer = await fixture.tenant(`killed-${mode}`);
      const collection = await fixture.collection(writer, 'docs');
      for (let i = 0; i < 30; i++)
        await fixture.document(writer, collection, `document ${i}`, [`some text ${i}`, 'and more of it']);
      // Odd times, so that each hits another moment of the work.
      for (const milliseconds of [7, 23, 41, 64, 111]) {
        await churn(mode, writer, collection, milliseconds);
        expect((await new VerifyIndex(fixture.database).run(writer)).findings).toEqual([]);
      }
      // And one that can be worked on.
      await rebuildTenant(fixture.database, writer);
      while (await new MergeSegments(fixture.database).run(writer));
      expect(await new VerifyIndex(fixture.database).run(writer)).toMatchObject({ waiting: 0, findings: [] });
    },
    60_000,
  );
});
