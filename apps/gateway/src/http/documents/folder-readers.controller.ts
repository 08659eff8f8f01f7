import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Readers, type Reader } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class FolderReadersController {
  constructor(
    @Inject(Readers) private readonly readers: Readers,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.folderReaders)
  async list(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return found(await this.readers.ofFolder(ctx, id));
  }

  @Contract(routes.setFolderReaders)
  async set(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') { readers }: { readers: Reader[] },
  ) {
    found(await this.readers.ofFolder(ctx, id));
    const detail = {
      folderId: id,
      readers: readers.map(({ principal, effect }) => `${effect} ${principal}`),
    };
    return found(
      await this.recorder.act(ctx, 'folder.readers', detail, () =>
        this.readers.setOfFolder(ctx, id, readers),
      ),
    );
  }

  @Contract(routes.explainFolder)
  async explain(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('query') { userId }: { userId: string },
  ) {
    return found(await this.readers.explain(ctx, userId, { kind: 'folder', id }));
  }
}
