import { Controller, Inject } from '@nestjs/common';
import { routes, type NewSource, type SourceChange } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Sources } from '@lorekeep/sources';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { placeOf } from './place-of.js';

interface Id {
  id: string;
}

/** Sources as they are kept; what moves them is beside. */
@Controller()
export class SourcesController {
  constructor(
    @Inject(Sources) private readonly sources: Sources,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.sources)
  async list(@Ctx() ctx: CallContext) {
    return { rows: await this.sources.list(ctx) };
  }

  @Contract(routes.source)
  async get(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return found(await this.sources.get(ctx, id));
  }

  @Contract(routes.createSource)
  create(@Ctx() ctx: CallContext, @Input('body') body: NewSource) {
    const { name, collectionId, settings } = body;
    const detail = { name, collectionId, kind: settings.kind, place: placeOf(settings) };
    return this.recorder.act(ctx, 'source.create', detail, () => this.sources.create(ctx, body));
  }

  @Contract(routes.updateSource)
  async update(@Ctx() ctx: CallContext, @Input('params') { id }: Id, @Input('body') body: SourceChange) {
    const { name } = found(await this.sources.get(ctx, id));
    const detail = {
      sourceId: id,
      name,
      // Names of fields: what a secret is stays out of the audit.
      changed: Object.keys(body),
      ...(body.settings ? { place: placeOf(body.settings) } : {}),
    };
    return found(
      await this.recorder.act(ctx, 'source.update', detail, () => this.sources.update(ctx, id, body)),
    );
  }

  @Contract(routes.deleteSource)
  async remove(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: Id,
    @Input('query') { documents }: { documents: 'keep' | 'delete' },
  ): Promise<void> {
    const { name } = found(await this.sources.get(ctx, id));
    const detail = { sourceId: id, name, documents };
    found(
      await this.recorder.act(ctx, 'source.delete', detail, () => this.sources.remove(ctx, id, documents)),
    );
  }

  @Contract(routes.sourceFiles)
  async files(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: Id,
    @Input('query') query: Parameters<Sources['files']>[2],
  ) {
    return found(await this.sources.files(ctx, id, query));
  }

  @Contract(routes.sourceRuns)
  async runs(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return { rows: found(await this.sources.runs(ctx, id)) };
  }
}
