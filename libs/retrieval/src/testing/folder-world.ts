import type { CallContext } from '@lorekeep/kit/context';
import { cloneDatabase } from '@lorekeep/kit/testing';
import { Documents, Folders, Readers, type Reader } from '../index.js';
import { Fixture } from './fixture.js';

export const allow = (principal: string): Reader => ({ principal, effect: 'allow' });
export const deny = (principal: string): Reader => ({ principal, effect: 'deny' });
export const user = (ctx: CallContext): string => `user:${ctx.caller.userId}`;

/** A tenant with folders and two people, of whom Anna is of the group `hr`; for specs. */
export class FolderWorld {
  readonly folders: Folders;
  readonly readers: Readers;
  readonly documents: Documents;
  private count = 0;

  private constructor(
    readonly fixture: Fixture,
    private readonly drop: () => Promise<void>,
    readonly writer: CallContext,
    readonly hr: string,
    readonly people: { anna: CallContext; ben: CallContext },
  ) {
    this.folders = new Folders(fixture.database);
    this.readers = new Readers(fixture.database);
    this.documents = new Documents(fixture.database);
  }

  static async open(): Promise<FolderWorld> {
    const clone = await cloneDatabase();
    const fixture = await Fixture.open(clone);
    const writer = await fixture.tenant('folders');
    const group = await fixture.group(writer, 'hr');
    const anna = await fixture.employee(writer, 'anna', [group]);
    const ben = await fixture.employee(writer, 'ben');
    return new FolderWorld(fixture, () => clone.drop(), writer, `group:${group}`, { anna, ben });
  }

  async close(): Promise<void> {
    await this.fixture.close();
    await this.drop();
  }

  /** A collection that everyone may read. */
  async collection(): Promise<string> {
    const id = await this.fixture.collection(this.writer, `c${++this.count}`);
    await this.readers.setOfCollection(this.writer, id, [allow('everyone')]);
    return id;
  }

  async folder(collectionId: string, name: string, parentId: string | null = null): Promise<string> {
    const made = await this.folders.create(this.writer, { collectionId, parentId, name });
    if (!made) throw new Error('no folder');
    return made.id;
  }

  async document(collectionId: string, folderId: string | null): Promise<string> {
    const id = await this.fixture.document(this.writer, collectionId, 'Salaries', ['Salary bands.']);
    if (folderId) await this.folders.place(this.writer, [id], { collectionId, folderId });
    return id;
  }

  /** Whether Anna and Ben may read it. */
  async both(id: string): Promise<boolean[]> {
    const { anna, ben } = this.people;
    const may = async (ctx: CallContext) => (await this.documents.readableAmong(ctx, [id])).has(id);
    return [await may(anna), await may(ben)];
  }
}
