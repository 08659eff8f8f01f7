import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { FirewallCases } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { Documents } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

/** False alarms of quarantined documents: what alarmed becomes a test of the tenant. */
@Controller()
export class DocumentCasesController {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(FirewallCases) private readonly cases: FirewallCases,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.addDocumentCase)
  async add(@Ctx() ctx: CallContext, @Input('body') body: { documentId: string; finding: number }) {
    const { documentId, finding } = body;
    const { title, text } = found(await this.documents.alarm(ctx, documentId, finding));
    if (text === null) throw new RequestError(422, 'FIREWALL_ALARM_NOT_KEPT', NOT_KEPT);
    const asked = { role: 'document', expected: 'allow', note: title.slice(0, 500).toWellFormed() } as const;
    const detail = { ...asked, characters: text.length, documentId };
    return this.recorder.act(ctx, 'admin.firewall.cases.add', detail, () =>
      this.cases.add(ctx, { ...asked, text, reference: null, groupIds: [] }),
    );
  }
}

const NOT_KEPT =
  'The words of this finding are not kept: try them on the workbench as the text of a document, and keep them as a test there.';
