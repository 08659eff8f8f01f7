import { Controller, Inject, Req } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { ScannerPolicies, WordLists, type StoredList } from '@lorekeep/scanner';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeRequest } from '../../edge/request.js';
import { GATEWAY_CONFIG } from '../../gateway.config.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import type { AppConfig } from '../../wiring/app-config.js';
import { readListForm } from './read-list-form.js';

interface Id {
  id: string;
}

/** Imported lists. The audit has their names and counts, never their words. */
@Controller()
export class WordListsController {
  constructor(
    @Inject(WordLists) private readonly lists: WordLists,
    @Inject(ScannerPolicies) private readonly policies: ScannerPolicies,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
    @Inject(GATEWAY_CONFIG) private readonly config: AppConfig,
  ) {}

  @Contract(routes.wordLists)
  async list(
    @Ctx() ctx: CallContext,
    @Input('query') query: { search?: string; limit: number; offset: number },
  ) {
    const { rows, total } = await this.lists.list(ctx, query);
    return { rows: await this.rowsOf(ctx, rows), total };
  }

  @Contract(routes.importWordList)
  async import(@Ctx() ctx: CallContext, @Req() request: EdgeRequest) {
    // One byte more than may be kept, so that the scanner itself says what the limit is.
    const form = await readListForm(request, this.config.SCANNER_LIST_MAX_BYTES + 1);
    const { name, category, action, fileName, content } = form;
    const detail = { name, category, action, fileName };
    const add = () => this.lists.add(ctx, detail, content);
    try {
      return await this.rowOf(
        ctx,
        found(await this.recorder.act(ctx, 'admin.word-lists.import', detail, add)),
      );
    } catch (error) {
      throw form.mistake ?? error;
    }
  }

  @Contract(routes.wordList)
  async get(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.rowOf(ctx, found(await this.lists.get(ctx, id)));
  }

  @Contract(routes.cancelWordList)
  cancel(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'cancel', id, () => this.lists.cancel(ctx, id));
  }

  @Contract(routes.previewWordList)
  preview(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'preview', id, () => this.lists.preview(ctx, id));
  }

  @Contract(routes.confirmWordList)
  confirm(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'confirm', id, () => this.lists.confirm(ctx, id));
  }

  @Contract(routes.undoWordList)
  undo(@Ctx() ctx: CallContext, @Input('params') { id }: Id) {
    return this.act(ctx, 'undo', id, () => this.lists.undo(ctx, id));
  }

  @Contract(routes.deleteWordList)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: Id): Promise<void> {
    const detail = await this.detailOf(ctx, id);
    await this.recorder.act(ctx, 'admin.word-lists.delete', detail, () => this.lists.remove(ctx, id));
  }

  private async act(ctx: CallContext, what: string, id: string, work: () => Promise<StoredList | undefined>) {
    const detail = await this.detailOf(ctx, id);
    return this.rowOf(ctx, found(await this.recorder.act(ctx, `admin.word-lists.${what}`, detail, work)));
  }

  private async detailOf(ctx: CallContext, id: string) {
    const { name, words, state } = found(await this.lists.get(ctx, id));
    return { listId: id, name, words, state };
  }

  /** What is in force is not what the list says where the policy of its category says something else. */
  private async rowsOf(ctx: CallContext, lists: readonly StoredList[]) {
    const inForce = await this.policies.actions(ctx);
    return lists.map(({ stage, ...list }) => ({
      ...list,
      stage: stage === 'uploading' ? 'waiting' : stage,
      inForce: inForce(list.category, list.action),
    }));
  }

  private async rowOf(ctx: CallContext, list: StoredList) {
    const [row] = await this.rowsOf(ctx, [list]);
    return found(row);
  }
}
