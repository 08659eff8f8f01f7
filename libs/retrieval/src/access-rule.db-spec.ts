import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestError } from '@lorekeep/kit/errors';
import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase, type ClonedDatabase } from '@lorekeep/kit/testing';
import { Documents, DocumentStore, Folders, Readers, type Reader } from './index.js';
import { compareAccess } from './testing/naive-access.js';
import { Fixture } from './testing/index.js';

let clone: ClonedDatabase;
let fixture: Fixture;

beforeAll(async () => {
  clone = await cloneDatabase();
  fixture = await Fixture.open(clone, 6);
});
afterAll(async () => {
  await fixture.close();
  await clone.drop();
});

/** Numbers that look random and are the same in every run (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A tenant in which things happen at random. */
class Company {
  readonly folders: string[] = [];
  readonly documents: string[] = [];
  private count = 0;

  constructor(
    readonly writer: CallContext,
    private readonly collections: readonly string[],
    private readonly principals: readonly string[],
    private readonly random: (below: number) => number,
  ) {}

  /** One change; what is refused (a taken name, a folder into itself, a thing that is gone) is no failure. */
  async change(): Promise<void> {
    const steps = [
      () => this.setReaders(),
      () => this.setReaders(),
      () => this.setReaders(),
      () => this.upload(),
      () => this.upload(),
      () => this.newVersion(),
      () => this.createFolder(),
      () => this.createFolder(),
      () => this.moveFolder(),
      () => this.moveDocument(),
      () => this.moveDocument(),
      () => this.removeDocument(),
      () => this.removeFolder(),
    ];
    try {
      await this.one(steps)();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
    }
  }

  private one<T>(list: readonly T[]): T {
    const found = list[this.random(list.length)];
    if (found === undefined) throw new RequestError(404, 'NOTHING', 'nothing to choose from');
    return found;
  }

  private place(): { collectionId: string; folderId: string | null } {
    return {
      collectionId: this.one(this.collections),
      folderId: this.folders.length > 0 && this.random(4) > 0 ? this.one(this.folders) : null,
    };
  }

  private async setReaders(): Promise<void> {
    const readers = new Readers(fixture.database);
    const list: Reader[] = Array.from({ length: this.random(4) }, () => ({
      principal: this.one(this.principals),
      effect: this.random(3) === 0 ? 'deny' : 'allow',
    }));
    const scope = this.random(3);
    if (scope === 0) await readers.setOfCollection(this.writer, this.one(this.collections), list);
    else if (scope === 1) await readers.setOfFolder(this.writer, this.one(this.folders), list);
    else await readers.setOfDocument(this.writer, this.one(this.documents), list);
  }

  private async upload(): Promise<void> {
    const { collectionId, folderId } = this.place();
    const id = await fixture.document(this.writer, collectionId, `Document ${++this.count}`, ['salary']);
    this.documents.push(id);
    if (folderId) await new Folders(fixture.database).place(this.writer, [id], { collectionId, folderId });
  }

  private async newVersion(): Promise<void> {
    const store = new DocumentStore(fixture.database);
    const id = crypto.randomUUID();
    const file = { title: 'New', fileName: 'new.md', mediaType: 'text/markdown', content: Buffer.from('x') };
    const replaces = this.one(this.documents);
    const sha256 = Buffer.from(id);
    const received = await store.transaction(this.writer, (tx) =>
      store.receive(tx, this.writer, {
        id,
        collectionId: this.collections[0] ?? '',
        sha256,
        replaces,
        ...file,
      }),
    );
    if (!received) return;
    this.documents.push(id);
    // Some never become ready.
    if (this.random(3) === 0) return;
    await store.finish(this.writer, id, { title: 'New', language: 'en', pages: null, passages: [] });
  }

  private async createFolder(): Promise<void> {
    const { collectionId, folderId } = this.place();
    const name = `Folder ${this.random(40)}`;
    const made = await new Folders(fixture.database).create(this.writer, {
      collectionId,
      parentId: folderId,
      name,
    });
    if (made) this.folders.push(made.id);
  }

  private async moveFolder(): Promise<void> {
    const folders = new Folders(fixture.database);
    await folders.update(this.writer, this.one(this.folders), { parentId: this.place().folderId });
  }

  private async moveDocument(): Promise<void> {
    await new Folders(fixture.database).place(this.writer, [this.one(this.documents)], this.place());
  }

  private async removeDocument(): Promise<void> {
    if (this.random(3) > 0) return;
    await new Documents(fixture.database).remove(this.writer, this.one(this.documents));
  }

  private async removeFolder(): Promise<void> {
    if (this.random(3) > 0) return;
    await new Folders(fixture.database).remove(this.writer, this.one(this.folders), this.random(3));
  }
}

async function company(seed: number): Promise<Company> {
  const writer = await fixture.tenant(`random-${seed}`);
  const group = `group:${await fixture.group(writer, 'staff')}`;
  const users = await Promise.all(['anna', 'ben'].map((name) => fixture.employee(writer, name)));
  const collections = [await fixture.collection(writer, 'one'), await fixture.collection(writer, 'two')];
  const principals = ['everyone', group, ...users.map(({ caller }) => `user:${caller.userId}`)];
  return new Company(writer, collections, principals, randomFrom(seed));
}

describe('access lists after random changes', () => {
  it.each([1, 2, 3, 4])(
    'are what the rule says, one change after the other (%i)',
    async (seed) => {
      const world = await company(seed);
      for (let step = 0; step < 60; step++) {
        await world.change();
        if (step % 6 === 5) expect(await compareAccess(fixture.database, world.writer)).toEqual([]);
      }
      expect(world.documents.length).toBeGreaterThan(3);
      expect(world.folders.length).toBeGreaterThan(3);
    },
    60_000,
  );

  it.each([11, 12, 13, 14])(
    'are what the rule says when changes come at once (%i)',
    async (seed) => {
      const world = await company(seed);
      for (let round = 0; round < 15; round++) {
        await Promise.all(Array.from({ length: 5 }, () => world.change()));
        expect(await compareAccess(fixture.database, world.writer)).toEqual([]);
      }
      expect(world.folders.length).toBeGreaterThan(3);
    },
    60_000,
  );
});
