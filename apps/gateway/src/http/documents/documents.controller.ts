import { Controller, Inject, Res } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Documents, Versions, type DocumentFilter, type PassageStretch } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply } from '../../edge/request.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class DocumentsController {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Versions) private readonly versionsOf: Versions,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.documents)
  list(@Ctx() ctx: CallContext, @Input('query') query: DocumentFilter) {
    return this.documents.list(ctx, query);
  }

  @Contract(routes.document)
  async get(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return found(await this.documents.get(ctx, id));
  }

  @Contract(routes.documentPassages)
  async passages(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('query') query: PassageStretch,
  ) {
    const read = found(await this.documents.passages(ctx, id, query));
    const { title, passages: of } = read.document;
    // What was read, and no more: people count from one.
    const passages =
      read.rows.length > 0 ? { first: read.from + 1, last: read.from + read.rows.length, of } : null;
    await this.recorder.note(ctx, 'document.read', 'done', { documentId: id, title, passages });
    return read;
  }

  @Contract(routes.documentVersions)
  async versions(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return { rows: found(await this.versionsOf.list(ctx, id)) };
  }

  @Contract(routes.documentContent)
  async content(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }, @Res() reply: EdgeReply) {
    const file = found(await this.documents.content(ctx, id));
    await this.recorder.note(ctx, 'document.read', 'done', {
      documentId: id,
      fileName: file.fileName,
      original: true,
    });
    // Never shown inline: an uploaded page must not run as ours.
    await reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .type('application/octet-stream')
      .send(file.content);
  }

  @Contract(routes.deleteDocument)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const { title } = found(await this.documents.get(ctx, id));
    const remove = async () => found(await this.documents.remove(ctx, id));
    await this.recorder.act(ctx, 'document.delete', { documentId: id, title }, remove);
  }
}
