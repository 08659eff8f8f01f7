import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Collections, Readers, type Reader } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class CollectionsController {
  constructor(
    @Inject(Collections) private readonly collections: Collections,
    @Inject(Readers) private readonly readers: Readers,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.collections)
  async list(@Ctx() ctx: CallContext) {
    return { rows: await this.collections.list(ctx) };
  }

  @Contract(routes.createCollection)
  create(@Ctx() ctx: CallContext, @Input('body') body: { slug: string; name: string; description: string }) {
    const { slug, name } = body;
    return this.recorder.act(ctx, 'collection.create', { slug, name }, () =>
      this.collections.create(ctx, body),
    );
  }

  @Contract(routes.collectionReaders)
  async readersOf(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return found(await this.readers.ofCollection(ctx, id));
  }

  @Contract(routes.setCollectionReaders)
  async setReaders(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') { readers }: { readers: Reader[] },
  ) {
    found(await this.readers.ofCollection(ctx, id));
    const detail = {
      collectionId: id,
      readers: readers.map(({ principal, effect }) => `${effect} ${principal}`),
    };
    return found(
      await this.recorder.act(ctx, 'collection.readers', detail, () =>
        this.readers.setOfCollection(ctx, id, readers),
      ),
    );
  }
}
