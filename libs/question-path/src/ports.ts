import type { CallContext } from '@lorekeep/kit/context';
import type { Refusal } from '@lorekeep/kit/errors';
import type { AnswerParameters, ChatMessage, PathSettings, ToolCallPart } from './question.types.js';

/** What the path needs of each domain. The domains' classes fit these shapes; specs make them throw, hang and lie. */
export interface PathPorts {
  readonly settings: { of(ctx: CallContext): Promise<PathSettings> };
  readonly quota: QuotaPort;
  readonly firewall: FirewallPort;
  readonly search: SearchPort;
  readonly drivers: DriverPort;
  readonly scanner: ScannerPort;
  readonly audit: AuditPort;
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

export interface Verdict {
  readonly action: 'allow' | 'flag' | 'redact' | 'refuse';
  readonly hits: readonly { rule: string; category: string }[];
  /** The texts as they may go on, in the order given. */
  readonly texts: readonly string[];
  readonly redactions: readonly { placeholder: string; original: string }[];
  readonly refusal?: Refusal;
}

export interface FirewallPort {
  inspectQuestion(ctx: CallContext, texts: readonly { role: string; text: string }[]): Promise<Verdict>;
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
  readonly score: number;
}

export interface SearchPort {
  run(
    ctx: CallContext,
    query: { text: string; k: number; collectionIds?: readonly string[] },
  ): Promise<{ passages: readonly FoundPassage[]; withheld: number }>;
}

export interface PromptPassage {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly heading: string;
  readonly page: number | null;
  readonly content: string;
}

export interface AnswerRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly passages: readonly PromptPassage[];
  readonly documents: 'cited' | 'none';
  readonly parameters: AnswerParameters;
  readonly useCase: 'question' | 'draft' | 'chat';
  readonly locale: 'en' | 'zh';
}

export type AnswerEvent =
  | { kind: 'model'; model: string; driver: string }
  | {
      kind: 'text';
      choice: number;
      channel: 'content' | 'reasoning' | 'tool';
      text: string;
      toolCall?: ToolCallPart;
    }
  | { kind: 'finish'; choice: number; reason: string }
  | { kind: 'usage'; promptTokens: number; completionTokens: number; estimated: boolean };

export interface DriverPort {
  /** The model that a request for `wanted` goes to, or null when there is none of that name. */
  choose(ctx: CallContext, wanted: string | undefined): Promise<{ model: string } | null>;
  answer(ctx: CallContext, request: AnswerRequest): AsyncIterable<AnswerEvent>;
}

export interface ScanHit {
  readonly wordId: string;
  readonly category: string;
  readonly action: 'log' | 'redact' | 'stop';
}

export interface AnswerScanner {
  push(channel: string, chunk: string): { release: string; hits: readonly ScanHit[]; stopped?: ScanHit };
  end(channel: string): { release: string; hits: readonly ScanHit[]; stopped?: ScanHit };
}

export interface ScannerPort {
  /** A scanner for one answer, over the tenant's words as they are now. */
  open(ctx: CallContext): Promise<AnswerScanner>;
}

export interface OpenRecord {
  close(outcome: string, detail: Record<string, unknown>): Promise<unknown>;
}

export interface AuditPort {
  /** Resolves once the record is durable. */
  open(ctx: CallContext, detail: Record<string, unknown>): Promise<OpenRecord>;
}
