import type { Outcome } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { settleQuota } from './2-quota/settle-quota.step.js';
import type { InspectedQuestion } from './3-firewall/inspect-question.step.js';
import { settleScanner } from './6-scanner/settle-scanner.step.js';
import { closeRecord } from './7-audit/close-record.step.js';
import { openRecord } from './7-audit/open-record.step.js';
import type { Account } from './account.js';
import type { QuestionPathLimits } from './limits.js';
import type { AnswerScanner, OpenRecord, PathPorts, Reservation } from './ports.js';
import type { PathSettings, Question } from './question.js';
import { KEEP_NOTHING } from './read-settings.js';

/** Of what is done whether or not the caller has gone. Nothing of it listens: it is the same for all questions. */
const NEVER = new AbortController().signal;

/** What must be given back or written down, whatever happens. */
export class Held {
  reservation: Reservation | null = null;
  scanner: AnswerScanner | null = null;
  private record: Promise<OpenRecord> | null = null;

  constructor(
    private readonly question: Question,
    private readonly ports: PathPorts,
    private readonly limits: QuestionPathLimits,
    private readonly account: Account,
  ) {}

  /** Once for a question. It is looked at in `conclude`, too, where nobody has waited for it. */
  open(ctx: CallContext, inspected: InspectedQuestion | null, settings: PathSettings): Promise<OpenRecord> {
    const { question, ports, limits } = this;
    this.record = this.account.timed('audit', () =>
      openRecord(ctx, question, inspected, settings, ports.audit, limits),
    );
    this.record.catch(() => undefined);
    return this.record;
  }

  /** Settles quota and scanner and closes the record: in every outcome, also when the caller has gone. */
  async conclude(ctx: CallContext, outcome: Outcome): Promise<void> {
    const detached: CallContext = { ...ctx, signal: NEVER };
    const { reservation, scanner, ports, limits, account } = this;
    const noted = (error: unknown) => account.tookFault(error);
    // An unsettled reservation expires by itself at its full size; the answer is not lost for it, nor for an
    // operator's view of what was found in it.
    await Promise.all([
      reservation && settleQuota(detached, reservation, account.usage(), ports.quota, limits).catch(noted),
      scanner && settleScanner(detached, scanner, limits).catch(noted),
    ]);
    // Where it could not be opened, that is what the question failed for.
    const record = await (this.record?.catch(() => null) ?? this.open(detached, null, KEEP_NOTHING));
    if (record) await closeRecord(record, outcome, account, limits);
  }
}
