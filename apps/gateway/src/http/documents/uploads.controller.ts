import { Controller, Inject, Req } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { AcceptDocument, RestartDocument } from '@lorekeep/document-path';
import type { CallContext } from '@lorekeep/kit/context';
import { isRefusal, RequestError } from '@lorekeep/kit/errors';
import { Documents } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeRequest } from '../../edge/request.js';
import { GATEWAY_CONFIG } from '../../gateway.config.js';
import type { AppConfig } from '../../wiring/app-config.js';
import { readFileForm, readForm } from './read-form.js';

@Controller()
export class UploadsController {
  constructor(
    @Inject(AcceptDocument) private readonly accept: AcceptDocument,
    @Inject(RestartDocument) private readonly restart: RestartDocument,
    @Inject(Documents) private readonly documents: Documents,
    @Inject(GATEWAY_CONFIG) private readonly config: AppConfig,
  ) {}

  @Contract(routes.uploadDocument)
  async upload(@Ctx() ctx: CallContext, @Req() request: EdgeRequest) {
    // One byte more than may be kept, so that the document path itself says what the limit is.
    const form = await readForm(request, this.config.DOCUMENT_MAX_BYTES + 1);
    const { collectionId, folderId, fileName, content } = form;
    const accepted = await this.accept.run(ctx, { collectionId, folderId, fileName, content });
    if (form.mistake) throw form.mistake;
    if (isRefusal(accepted)) throw accepted;
    const document = found(await this.documents.get(ctx, accepted.documentId));
    return { ...document, duplicate: accepted.duplicate };
  }

  @Contract(routes.addDocumentVersion)
  async addVersion(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Req() request: EdgeRequest,
  ) {
    const { collectionId } = found(await this.documents.get(ctx, id));
    const form = await readFileForm(request, this.config.DOCUMENT_MAX_BYTES + 1);
    const { fileName, content } = form;
    const accepted = await this.accept.run(ctx, { collectionId, fileName, content, replaces: id });
    if (form.mistake) throw form.mistake;
    if (isRefusal(accepted)) throw accepted;
    const document = found(await this.documents.get(ctx, accepted.documentId));
    return { ...document, duplicate: accepted.duplicate };
  }

  @Contract(routes.retryDocument)
  async retry(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    found(await this.documents.get(ctx, id));
    if (!(await this.restart.retry(ctx, id))) throw notNow('It is being read, or waits for its release.');
    return found(await this.documents.get(ctx, id));
  }

  @Contract(routes.releaseDocument)
  async release(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    found(await this.documents.get(ctx, id));
    if (!(await this.restart.release(ctx, id))) throw notNow('It is not in quarantine.');
    return found(await this.documents.get(ctx, id));
  }
}

function notNow(text: string): RequestError {
  return new RequestError(409, 'DOCUMENT_STATE', `This cannot be done with the document now. ${text}`);
}
