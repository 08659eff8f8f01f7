import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Folders } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class FoldersController {
  constructor(
    @Inject(Folders) private readonly folders: Folders,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.folders)
  async tree(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return found(await this.folders.tree(ctx, id));
  }

  @Contract(routes.createFolder)
  create(
    @Ctx() ctx: CallContext,
    @Input('body') body: { collectionId: string; parentId: string | null; name: string },
  ) {
    const create = async () => found(await this.folders.create(ctx, body));
    return this.recorder.act(ctx, 'folder.create', { ...body }, create);
  }

  @Contract(routes.updateFolder)
  update(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') body: { name?: string; parentId?: string | null },
  ) {
    const update = async () => found(await this.folders.update(ctx, id, body));
    return this.recorder.act(ctx, 'folder.update', { folderId: id, ...body }, update);
  }

  @Contract(routes.deleteFolder)
  async remove(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('query') { documents }: { documents: number },
  ): Promise<void> {
    const remove = async () => found(await this.folders.remove(ctx, id, documents));
    await this.recorder.act(ctx, 'folder.delete', { folderId: id, documents }, remove);
  }

  @Contract(routes.moveDocuments)
  async place(
    @Ctx() ctx: CallContext,
    @Input('body')
    { documentIds, ...to }: { documentIds: string[]; collectionId: string; folderId: string | null },
  ) {
    const place = async () => found(await this.folders.place(ctx, documentIds, to));
    return { moved: await this.recorder.act(ctx, 'document.move', { documentIds, ...to }, place) };
  }
}
