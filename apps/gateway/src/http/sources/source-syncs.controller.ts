import { Controller, Inject, Req } from '@nestjs/common';
import { routes, type SourceRow, type SourceSecret, type SourceSettings } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { GrantedFolders, Sources, TestSource } from '@lorekeep/sources';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeRequest } from '../../edge/request.js';
import { GATEWAY_CONFIG } from '../../gateway.config.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import type { AppConfig } from '../../wiring/app-config.js';
import { readFileForm } from '../documents/read-form.js';
import { placeOf } from './place-of.js';

interface Id {
  id: string;
}

/** What moves a source: tests, syncs, archives. */
@Controller()
export class SourceSyncsController {
  constructor(
    @Inject(Sources) private readonly sources: Sources,
    @Inject(TestSource) private readonly tests: TestSource,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
    @Inject(GATEWAY_CONFIG) private readonly config: AppConfig,
    @Inject(GrantedFolders) private readonly folders: GrantedFolders,
  ) {}

  @Contract(routes.sourceOptions)
  async options(@Ctx() ctx: CallContext) {
    const { SOURCE_PRIVATE_ADDRESSES, SOURCE_PLAIN_HTTP, SOURCE_MAX_BYTES } = this.config;
    return {
      folders: await this.folders.of(ctx),
      privateAddresses: SOURCE_PRIVATE_ADDRESSES,
      plainHttp: SOURCE_PLAIN_HTTP,
      archiveMaxBytes: SOURCE_MAX_BYTES,
    };
  }

  @Contract(routes.testSource)
  test(
    @Ctx() ctx: CallContext,
    @Input('body') body: { settings: SourceSettings; secret: SourceSecret | null; sourceId?: string },
  ) {
    const { settings, sourceId = null } = body;
    const detail = { kind: settings.kind, sourceId, place: placeOf(settings) };
    return this.recorder.act(ctx, 'source.test', detail, () => this.tests.run(ctx, body));
  }

  @Contract(routes.syncSource)
  sync(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: Id,
    @Input('body') body: { allowDeletions: boolean },
  ) {
    return this.act(ctx, 'source.order', id, () => this.sources.sync(ctx, id, body), body);
  }

  @Contract(routes.cancelSourceSync)
  cancel(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'source.cancel', id, () => this.sources.cancel(ctx, id));
  }

  @Contract(routes.pauseSource)
  pause(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'source.pause', id, () => this.sources.pause(ctx, id));
  }

  @Contract(routes.resumeSource)
  resume(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'source.resume', id, () => this.sources.resume(ctx, id));
  }

  @Contract(routes.retrySource)
  retry(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'source.retry', id, () => this.sources.retry(ctx, id));
  }

  @Contract(routes.uploadSourceArchive)
  async uploadArchive(@Ctx() ctx: CallContext, @Input('params') { id }: Id, @Req() request: EdgeRequest) {
    found(await this.sources.get(ctx, id));
    const form = await readFileForm(request, this.config.SOURCE_MAX_BYTES + 1);
    const { content } = form;
    const fileName = form.fileName.slice(0, 255).toWellFormed().replaceAll('\u0000', '');
    const add = async () => {
      try {
        return await this.sources.addArchive(ctx, id, { fileName, content });
      } catch (cause) {
        throw form.mistake ?? (isCutOff(cause) ? tooLarge() : cause);
      }
    };
    return this.act(ctx, 'source.archive', id, add, { fileName });
  }

  private async act(
    ctx: CallContext,
    kind: string,
    sourceId: string,
    work: () => Promise<SourceRow | null>,
    more: Record<string, string | boolean> = {},
  ): Promise<SourceRow> {
    const { name } = found(await this.sources.get(ctx, sourceId));
    return found(await this.recorder.act(ctx, kind, { sourceId, name, ...more }, work));
  }
}

/** The reader of forms cuts a file at its limit and says so by an error. */
const isCutOff = (cause: unknown): boolean => (cause as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE';
const tooLarge = (): RequestError =>
  new RequestError(413, 'SOURCE_TOO_LARGE', 'The archive is larger than the limit.');
