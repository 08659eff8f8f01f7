import type { Outcome, Step } from '@lorekeep/contracts';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { isRefusal, type Refusal } from '@lorekeep/kit/errors';
import { authorizeCaller } from './1-auth/authorize-caller.step.js';
import { reserveQuota } from './2-quota/reserve-quota.step.js';
import { inspectQuestion, type InspectedQuestion } from './3-firewall/inspect-question.step.js';
import { findPassages, lastUserText, retrievalFacts } from './4-retrieval/find-passages.step.js';
import { rewriteQuestion } from './4-retrieval/rewrite-question.js';
import {
  answerRequest,
  assertStillWanted,
  chooseModel,
  writeAnswer,
  type ConversationModel,
} from './5-inference/write-answer.step.js';
import { CheckGroundedness } from './6-scanner/check-groundedness.js';
import { SecondOpinion } from './6-scanner/second-opinion.js';
import { GiveBack } from './6-scanner/give-back.js';
import { openScanner, ScanAnswer } from './6-scanner/scan-answer.step.js';
import { typedSecrets } from './6-scanner/typed-secrets.js';
import { Account } from './account.js';
import { citePassages, type Sources } from './cite-passages.js';
import { Held } from './held.js';
import { LimitsWithPassages, type QuestionPathLimits } from './limits.js';
import type { AnswerRequest, OpenRecord, PathPorts } from './ports.js';
import { faultOf } from './question-path.errors.js';
import type { PathEvent, PathSettings, Question, Usage } from './question.js';
import { KEEP_NOTHING, readSettings } from './read-settings.js';

interface Conclusion {
  outcome: Outcome;
  finishes: PathEvent[];
}

interface Prepared {
  inspected: InspectedQuestion;
  sources: Sources;
  scan: ScanAnswer;
  model: ConversationModel;
  settings: PathSettings;
}

interface Checked {
  inspected: InspectedQuestion;
  /** Under way. */
  opened: Promise<OpenRecord>;
  settings: PathSettings;
}

/** The one way of every question, whichever door it came in by. */
export class QuestionPath {
  private readonly withPassages: LimitsWithPassages;

  constructor(
    private readonly ports: PathPorts,
    private readonly limits: QuestionPathLimits,
    private readonly clock: Clock,
  ) {
    this.withPassages = new LimitsWithPassages(limits);
  }

  /**
   * Streams what may be released. Refusals are events; a fault is thrown after its record was closed. A consumer
   * that stops listening ends the question as cancelled: model and quota are let go, and the record is closed.
   */
  async *ask(ctx: CallContext, question: Question): AsyncGenerator<PathEvent> {
    const started = this.clock.monotonic();
    const account = new Account(this.clock);
    const held = new Held(question, this.ports, this.limits, account);
    let concluded = false;
    const conclude = (outcome: Outcome) => {
      concluded = true;
      return held.conclude(ctx, outcome);
    };
    try {
      const begun = yield* this.begin(ctx, question, account, held);
      // Not from within: each generator that passes an event on costs every token of every answer.
      const { outcome, finishes } =
        'outcome' in begun ? begun : yield* this.answer(ctx, question, begun, account);
      await conclude(outcome);
      yield* finishes;
      const seconds = (this.clock.monotonic() - started) / 1_000;
      yield { kind: 'end', outcome, usage: account.usage(), seconds };
    } catch (error) {
      if (!concluded) {
        account.tookFault(error);
        await conclude(ctx.signal.aborted && this.clock.monotonic() < ctx.deadline ? 'cancelled' : 'failed');
      }
      throw error;
    } finally {
      // Doors that answer with a status leave at the refusal.
      if (!concluded) await conclude(account.isRefused ? 'refused' : 'cancelled');
    }
  }

  /** All that comes before the answer; a conclusion where there is none. */
  private async *begin(
    ctx: CallContext,
    question: Question,
    account: Account,
    held: Held,
  ): AsyncGenerator<PathEvent, Conclusion | Prepared> {
    const forbidden = this.authorize(ctx, question);
    if (forbidden) {
      await held.open(ctx, null, KEEP_NOTHING);
      yield { kind: 'accepted', reference: ctx.traceId, question: '' };
      return yield* refuse(forbidden, account);
    }
    const { opened, refused, ...checked } = await this.check(ctx, question, account, held);
    const { inspected } = checked;
    if (refused) {
      await opened;
      yield { kind: 'accepted', reference: ctx.traceId, question: lastUserText(inspected.messages) };
      return yield* refuse(refused, account);
    }
    const prepared = await this.prepare(ctx, question, { ...checked, opened }, account, held);
    yield { kind: 'accepted', reference: ctx.traceId, question: lastUserText(inspected.messages) };
    yield* this.report(question, prepared, account);
    return prepared;
  }

  private authorize(ctx: CallContext, question: Question): Refusal | null {
    try {
      return authorizeCaller(ctx, question);
    } catch (error) {
      throw faultOf('auth', error);
    }
  }

  /**
   * Quota and firewall side by side: neither depends on the other, and both have said yes before anything is spent. What
   * the firewall has read is put on record meanwhile: the question is, whatever the quota says.
   */
  private async check(ctx: CallContext, question: Question, account: Account, held: Held) {
    const { quota, firewall } = this.ports;
    const settings = await readSettings(ctx, this.ports.settings, this.limits);
    account.tookSettings(settings);
    const limits = this.withPassages.of(settings);
    const [reservation, inspection] = await Promise.allSettled([
      account.timed('quota', () => reserveQuota(ctx, question, quota, limits)),
      account
        .timed('firewall', () => inspectQuestion(ctx, question, firewall, this.limits))
        .then((inspected) => {
          account.tookVerdict(inspected);
          return { inspected, opened: held.open(ctx, inspected, settings) };
        }),
    ]);
    if (reservation.status === 'fulfilled' && !isRefusal(reservation.value))
      held.reservation = reservation.value;
    if (reservation.status === 'rejected') throw reservation.reason;
    if (inspection.status === 'rejected') throw inspection.reason;
    const { inspected, opened } = inspection.value;
    const refused: Refusal | null = isRefusal(reservation.value)
      ? reservation.value
      : (inspected.verdict.refusal ?? null);
    return { inspected, opened, refused, settings };
  }

  /** The opening record becomes durable while passages are searched; both are done before a model is asked. */
  private async prepare(
    ctx: CallContext,
    question: Question,
    { inspected, opened, settings }: Checked,
    account: Account,
    held: Held,
  ): Promise<Prepared> {
    const limits = this.withPassages.of(settings);
    const chosen = chooseModel(ctx, question, this.ports.drivers, this.limits);
    const needs = {
      firewall: this.ports.firewall,
      limits,
      model: async () => (await opened, chosen),
      charge: (usage: Usage) => account.tookRewriting(usage),
    };
    const search = async () => {
      const searched = await rewriteQuestion(ctx, question, inspected.messages, needs);
      account.tookSearched(searched);
      return findPassages(ctx, question, searched, this.ports, limits);
    };
    const [record, found, scanner, model] = await Promise.allSettled([
      opened,
      account.timed('retrieval', search),
      openScanner(ctx, this.ports.scanner, this.limits),
      chosen,
    ]);
    if (scanner.status === 'fulfilled') held.scanner = scanner.value;
    if (record.status === 'rejected') throw record.reason;
    if (found.status === 'rejected') throw found.reason;
    account.tookFound(found.value);
    if (scanner.status === 'rejected') throw scanner.reason;
    if (model.status === 'rejected') throw model.reason;
    const scan = new ScanAnswer(scanner.value, settings.showReasoning);
    account.tookHits(scan.hits);
    const sources = citePassages(found.value, scan);
    account.tookSources(sources);
    return { inspected, settings, sources, scan, model: model.value };
  }

  private *report(
    question: Question,
    { inspected, sources: { found } }: Prepared,
    account: Account,
  ): Generator<PathEvent> {
    const milliseconds = (step: Step) => account.milliseconds[step] ?? 0;
    yield { kind: 'step', step: 'auth', state: 'done', milliseconds: milliseconds('auth') };
    yield { kind: 'step', step: 'quota', state: 'done', milliseconds: milliseconds('quota') };
    // Not the action: whoever asks would learn which wording is noticed.
    const facts = { redactions: inspected.verdict.redactions.length };
    yield { kind: 'step', step: 'firewall', state: 'done', milliseconds: milliseconds('firewall'), facts };
    yield {
      kind: 'step',
      step: 'retrieval',
      state: question.documents === 'none' ? 'skipped' : 'done',
      milliseconds: milliseconds('retrieval'),
      facts: retrievalFacts(found),
    };
    const rewrite = account.rewrite();
    if (rewrite) yield { kind: 'rewritten', ...rewrite };
  }

  private async *answer(
    ctx: CallContext,
    question: Question,
    { inspected, sources, scan, model, settings }: Prepared,
    account: Account,
  ): AsyncGenerator<PathEvent, Conclusion> {
    const { found, citations } = sources;
    const secrets = settings.giveBackSecrets ? typedSecrets(question, inspected, found.passages) : null;
    const giveBack = new GiveBack(secrets);
    const request = answerRequest(ctx, question, inspected, found.passages, model, {
      maxTokens: this.limits.QUESTION_MAX_ANSWER_TOKENS,
      context: account.context(),
    });
    const finishes: PathEvent[] = [];
    const asked = this.clock.monotonic();
    const patience = {
      answer: this.limits.QUESTION_MAX_SECONDS * 1_000,
      grace: this.limits.QUESTION_CHECK_TIMEOUT_MS,
    };
    if (citations.length > 0) yield { kind: 'citations', citations };
    const { suggestion, suggestionFrom } = found;
    if (suggestion) yield { kind: 'suggestion', text: suggestion, documentIds: suggestionFrom };
    assertStillWanted(ctx);
    account.asked(request);
    const check = this.checkOf(ctx, request.passages, settings);
    account.tookCheck(check);
    const { leftOut = 0 } = question;
    if (leftOut > 0) yield account.shortened({ turns: leftOut, passages: 0 });
    for await (const heard of writeAnswer(ctx, request, model, this.ports.drivers, patience)) {
      const event =
        heard.kind === 'shortened' ? account.shortened({ ...heard, turns: heard.turns + leftOut }) : heard;
      account.heard(event);
      if (event.kind === 'refusal') return yield* refuse(event.refusal, account);
      if (event.kind === 'model') {
        check.wroteBy(event.driver);
        yield { kind: 'model', model: event.model, driver: event.driver };
      }
      if (event.kind === 'transcript') scan.hear(event);
      if (event.kind === 'waiting' || event.kind === 'shortened' || event.kind === 'vector') yield event;
      if (event.kind !== 'text' && event.kind !== 'finish') continue;
      account.milliseconds.inference ??= this.clock.monotonic() - asked;
      const ended = event.kind === 'finish';
      const scanned = ended ? scan.end(event.choice) : scan.push(event);
      const given = giveBack.pass(scanned);
      if (ended && !scan.stopped) given.push(...giveBack.end(event.choice));
      const shown = check.isAsked ? await check.pass(given) : given;
      if (ended && !scan.stopped) shown.push(...(await check.end(event.choice)));
      for (const released of shown) {
        if (released.kind === 'text' && released.channel === 'content') account.releasedText(released.text);
        yield released;
      }
      if (scan.stopped) break;
      if (ended) finishes.push({ kind: 'finish', choice: event.choice, reason: event.reason });
    }
    if (!scan.stopped) return { outcome: 'answered', finishes };
    return { outcome: 'stopped', finishes: withheld(question) };
  }

  private checkOf(
    ctx: CallContext,
    passages: AnswerRequest['passages'],
    { groundedness }: PathSettings,
  ): CheckGroundedness {
    const { entailment } = this.ports;
    const opinion = entailment && new SecondOpinion(entailment, this.clock, ctx.signal);
    return new CheckGroundedness(passages, groundedness, opinion);
  }
}

function withheld({ parameters: { n = 1 } }: Question): PathEvent[] {
  return Array.from({ length: n }, (_, choice) => ({ kind: 'finish', choice, reason: 'content_filter' }));
}

async function* refuse(refusal: Refusal, account: Account): AsyncGenerator<PathEvent, Conclusion> {
  account.tookRefusal(refusal);
  yield { kind: 'refusal', refusal };
  return { outcome: 'refused', finishes: [] };
}
