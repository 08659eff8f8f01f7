import type { JsonObject } from '@lorekeep/audit';
import type { Citation, Step } from '@lorekeep/contracts';
import { InferenceFault, type LeftOut } from '@lorekeep/inference';
import type { Clock } from '@lorekeep/kit/clock';
import { Fault, type Refusal } from '@lorekeep/kit/errors';
import type { InspectedQuestion } from './3-firewall/inspect-question.step.js';
import type { PassedOver } from './5-inference/write-answer.step.js';
import type { CheckGroundedness } from './6-scanner/check-groundedness.js';
import type { Found, ScreenedOut } from './4-retrieval/find-passages.step.js';
import type { SearchedQuestion } from './4-retrieval/rewrite-question.js';
import type { Sources } from './cite-passages.js';
import type { AnswerEvent, AnswerRequest, ScanHit, Verdict } from './ports.js';
import type { PathSettings, Usage } from './question.js';
import { keptEntries, keptText } from './kept-text.js';

/** UTF-16 units per token where a driver reports no usage; a rough mean over English and Chinese. */
const UNITS_PER_TOKEN = 3;

/** Pieces of an answer that are kept apart; more are joined, since each takes ten times its characters. */
const PIECES_MAX = 64;

/** Rules that are told of a passage that was kept back. */
const SCREENED_RULES = 10;

/** What one question did, gathered while it runs: for the closing record and for settling the quota. */
export class Account {
  readonly milliseconds: Partial<Record<Step, number>> = {};
  private model: { model: string; driver: string } | null = null;
  private reported: { promptTokens: number; completionTokens: number; estimated: boolean } | null = null;
  private promptUnits = 0;
  private answerUnits = 0;
  private readonly released: string[] = [];
  private pieces: string[] = [];
  private found: Found | null = null;
  private citations: readonly Citation[] = [];
  private searched: SearchedQuestion | null = null;
  private rewriting: Usage = { promptTokens: 0, completionTokens: 0, estimated: false };
  private verdict: Verdict | null = null;
  private askedTexts: readonly number[] = [];
  private refusal: Refusal | null = null;
  private faultCode: string | null = null;
  private hits: readonly ScanHit[] = [];
  private finishReasons: string[] = [];
  private readonly passedOver: { model: string; code: string }[] = [];
  private leftOut: LeftOut | null = null;
  private check: CheckGroundedness | null = null;

  private settings: PathSettings | null = null;

  constructor(private readonly clock: Clock) {}

  /** How long the step took, whatever came of it. */
  async timed<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const started = this.clock.monotonic();
    try {
      return await work();
    } finally {
      this.milliseconds[step] = this.clock.monotonic() - started;
    }
  }

  tookSettings(settings: PathSettings): void {
    this.settings = settings;
  }

  tookVerdict({ verdict, asked }: Pick<InspectedQuestion, 'verdict' | 'asked'>): void {
    this.verdict = verdict;
    this.askedTexts = asked;
  }

  /** What rewriting the question took; paid with the answer. */
  tookRewriting(usage: Usage): void {
    this.rewriting = usage;
  }

  tookSearched(searched: SearchedQuestion): void {
    this.searched = searched;
  }

  tookFound(found: Found): void {
    this.found = found;
  }

  /** The passages that go on, with what may be shown of them. */
  tookSources({ found, citations }: Sources): void {
    this.found = found;
    this.citations = citations;
  }

  tookRefusal(refusal: Refusal): void {
    this.refusal = refusal;
  }

  get isRefused(): boolean {
    return this.refusal !== null;
  }

  tookFault(error: unknown): void {
    if (error instanceof InferenceFault && error.usage) this.reported = error.usage;
    // The first one is why it failed; what fails after it is a consequence, or less.
    this.faultCode ??= error instanceof Fault ? error.code : 'UNEXPECTED';
  }

  tookHits(hits: readonly ScanHit[]): void {
    this.hits = hits;
  }

  tookCheck(check: CheckGroundedness): void {
    this.check = check;
  }

  asked(request: AnswerRequest): void {
    for (const message of request.messages) this.promptUnits += message.content.length;
    for (const passage of request.passages) this.promptUnits += passage.content.length;
  }

  /** What the model does not see, in all; the last count holds. */
  shortened({ turns, passages }: { turns: number; passages: number }) {
    this.leftOut = { turns, passages };
    return { kind: 'shortened' as const, turns, passages };
  }

  heard(event: AnswerEvent | PassedOver): void {
    if (event.kind === 'text') this.answerUnits += event.text.length;
    else if (event.kind === 'model') this.model = { model: event.model, driver: event.driver };
    else if (event.kind === 'usage') this.reported = event;
    else if (event.kind === 'finish') this.finishReasons.push(event.reason);
    else if (event.kind === 'passed-over') this.passedOver.push({ model: event.model, code: event.code });
  }

  releasedText(text: string): void {
    if (!this.settings?.keepAnswerText) return;
    if (this.pieces.push(text) < PIECES_MAX) return;
    this.released.push(this.pieces.join(''));
    this.pieces = [];
  }

  /** What was really used; counted by us where the driver was cut off or reports nothing. */
  usage(): Usage {
    const answer = this.usageOfAnswer();
    return {
      promptTokens: answer.promptTokens + this.rewriting.promptTokens,
      completionTokens: answer.completionTokens + this.rewriting.completionTokens,
      estimated: answer.estimated || this.rewriting.estimated,
    };
  }

  /** How the question was rewritten for the search; null where it was searched for as it stands. */
  rewrite(): { by: 'rule' | 'model'; failure: string | null } | null {
    const { by = null, failure = null } = this.searched ?? {};
    return by && { by, failure };
  }

  /** Earlier words that were searched for with the question. */
  context(): string | undefined {
    return this.searched?.context;
  }

  private usageOfAnswer(): Usage {
    if (this.reported) return this.reported;
    return {
      promptTokens: Math.ceil(this.promptUnits / UNITS_PER_TOKEN),
      completionTokens: Math.ceil(this.answerUnits / UNITS_PER_TOKEN),
      estimated: this.promptUnits + this.answerUnits > 0,
    };
  }

  toDetail(): JsonObject {
    const { promptTokens, completionTokens, estimated } = this.usage();
    return {
      model: this.model,
      // Models of the route that were away, in the order in which they were asked.
      passedOver: keptEntries(this.passedOver),
      tokens: { prompt: promptTokens, completion: completionTokens, estimated },
      milliseconds: { ...this.milliseconds },
      firewall: this.verdict && firewallDetail(this.verdict, this.askedTexts),
      passages: this.found && {
        // A title that was never scanned is not kept: it may hold what is withheld.
        shown: this.found.passages.map(({ id, documentId }, at) => {
          return { id, documentId, title: this.citations[at]?.title ?? null };
        }),
        withheld: this.found.withheld,
        screenedOut: this.found.screenedOut.map(screenedDetail),
        // In shadow mode: shown, and would have been screened out.
        shadowed: this.found.shadowed.map(screenedDetail),
        // Of documents that an administrator let in: shown although the firewall found these.
        released: this.found.released.map(({ id, hits }) => ({
          id,
          rules: keptEntries([...new Set(hits.map(({ rule }) => rule))]),
        })),
        scannedOut: [...this.found.scannedOut],
      },
      rewrite: this.rewriteDetail(),
      scanned: this.hits.length,
      scanner: keptEntries(this.hits).map(({ ruleId, category, action }) => ({ ruleId, category, action })),
      groundedness: this.groundednessDetail(),
      refusal: this.refusal && { step: this.refusal.step, code: this.refusal.code },
      fault: this.faultCode,
      shortened: this.leftOut && { ...this.leftOut },
      finish: keptEntries(this.finishReasons),
      answer: this.settings?.keepAnswerText ? keptText([...this.released, ...this.pieces].join('')) : null,
    };
  }

  private groundednessDetail(): JsonObject | null {
    const counts = this.check?.counts();
    return counts ? { setting: this.settings?.groundedness ?? null, ...counts } : null;
  }

  private rewriteDetail(): JsonObject | null {
    const rewrite = this.rewrite();
    if (!rewrite || !this.searched) return null;
    const { text, context = null } = this.searched;
    // By rule the text is the question, which the opening record keeps.
    const searched = { text: rewrite.by === 'model' ? text : null, context };
    return { ...rewrite, searched: this.settings?.keepQuestionText ? searched : null };
  }
}

function screenedDetail({ id, documentId, hits }: ScreenedOut): JsonObject {
  const byRule = new Map(hits.map(({ rule, category }) => [rule, { rule, category }]));
  return { id, documentId, rules: [...byRule.values()].slice(0, SCREENED_RULES) };
}

function firewallDetail(verdict: Verdict, asked: readonly number[]): JsonObject {
  const { action, actions = [], hits, shadow = null, spared = [], redactions } = verdict;
  const alarmed = actions.flatMap((done, text) => (done === 'allow' ? [] : [{ action: done, text }]));
  return {
    action,
    // In shadow mode: what would have been done.
    shadow,
    hits: hits.length,
    rules: keptEntries(hits).map(({ rule, category, role, text, view, start, end, share }) => ({
      ...{ rule, category, role, text, view, start, end },
      ...(share !== undefined && { share }),
    })),
    // `question`: it is the text that the opening record keeps, and all of it.
    texts: keptEntries(alarmed).map((each) => ({
      ...each,
      role: hits.find(({ text }) => text === each.text)?.role ?? null,
      question: asked.length === 1 && asked[0] === each.text,
    })),
    spared: keptEntries(spared).map(({ rule, exception }) => ({ rule, exception })),
    redactions: redactions.length,
  };
}
