import type { JsonObject } from '@lorekeep/audit';
import type { CallContext } from '@lorekeep/kit/context';
import type { Refusal } from '@lorekeep/kit/errors';
import type { InspectedText, Verdict } from '@lorekeep/firewall';
import type { ChosenModel, PremisePair, Purpose } from '@lorekeep/inference';
import type { ScannedSource, ScanStep, SourcePart } from '@lorekeep/scanner';
import type { PathSettings } from './question.js';

export type { Verdict } from '@lorekeep/firewall';
export type { ScanHit, SourcePart } from '@lorekeep/scanner';
export type { AnswerEvent, AnswerRequest, ChosenModel } from '@lorekeep/inference';

/** What the path needs of each domain. The domains' classes fit these shapes; specs make them throw, hang and lie. */
export interface PathPorts {
  readonly settings: { of(ctx: CallContext): Promise<PathSettings> };
  readonly quota: QuotaPort;
  readonly firewall: FirewallPort;
  readonly search: SearchPort;
  readonly drivers: DriverPort;
  readonly scanner: ScannerPort;
  readonly audit: AuditPort;
  /** A model of the operator's that compares sentences with what they cite; undefined where there is none. */
  readonly entailment?: EntailmentPort | undefined;
}

export interface EntailmentPort {
  /** Whether the premise contradicts the hypothesis; null: no answer in time, whatever the reason. */
  contradicts(pair: PremisePair): Promise<boolean | null>;
}

export interface Reservation {
  /** null: no policy holds anything. */
  readonly id: string | null;
  readonly tokens: number;
}

export interface QuotaPort {
  reserve(ctx: CallContext, need: { tokens: number; maxSeconds: number }): Promise<Reservation | Refusal>;
  settle(ctx: CallContext, reservation: Reservation, used: { tokens: number }): Promise<unknown>;
}

export interface FirewallPort {
  inspectQuestion(ctx: CallContext, texts: readonly InspectedText[]): Promise<Verdict>;
  screenDocument(ctx: CallContext, text: string): Promise<Verdict>;
}

export interface FoundPassage {
  readonly id: string;
  readonly documentId: string;
  readonly title: string;
  readonly collection: string;
  readonly heading: string;
  readonly page: number | null;
  readonly content: string;
  /** An administrator has looked at what the firewall found in this version of its document, and let it in. */
  readonly released: boolean;
  readonly score: number;
}

export interface SearchPort {
  run(
    ctx: CallContext,
    query: {
      /** The question as it stands. */
      text: string;
      k: number;
      collectionIds?: readonly string[];
      /** Earlier words that the question hangs on; a term of them counts for less than one of `text`. */
      context?: string;
    },
  ): Promise<{
    passages: readonly FoundPassage[];
    withheld: number;
    suggestion?: string;
    /** Documents that the new words of the suggestion are from. */
    suggestionFrom?: readonly string[];
  }>;
}

/** The domain's `Models` fits: which driver answers for a model. */
export interface DriverPort {
  /** Throws RequestError 404 where there is no model of that name. */
  choose(ctx: CallContext, wanted?: string, purpose?: Purpose): Promise<ChosenModel>;
  /** What answers when the model server is away. */
  fallback(): ChosenModel;
}

/** The domain's `StreamScanner` fits, with its `scanSource`. */
export interface AnswerScanner {
  push(channel: string, chunk: string): ScanStep;
  end(channel: string): ScanStep;
  /** Reads what the answer is made of, with the same words; a stop there leaves out the source and ends nothing. */
  source(parts: readonly SourcePart[]): ScannedSource;
  /** Writes down what was found, for operators. Asked once, when the question is over, whatever became of it. */
  settle?(ctx: CallContext): Promise<unknown>;
}

export interface ScannerPort {
  /** A scanner for one answer, over the tenant's words as they are now. */
  open(ctx: CallContext): Promise<AnswerScanner>;
}

export interface OpenRecord {
  close(outcome: string, detail: JsonObject): Promise<unknown>;
}

export interface AuditPort {
  /** Resolves once the record is durable. */
  open(ctx: CallContext, detail: JsonObject): Promise<OpenRecord>;
}
