import type { Citation, GroundednessReason, Outcome, Step } from '@lorekeep/contracts';
import type {
  AnswerParameters,
  ChatMessage,
  EmbedWish,
  TranscribeWish,
  Transcript,
  Usage,
} from '@lorekeep/inference';
import type { Refusal } from '@lorekeep/kit/errors';

export type { AnswerParameters, ChatMessage, Usage } from '@lorekeep/inference';

/** What a door hands to the path. The last user message is the question that is searched for. */
export interface Question {
  /** Which door it came in by: counted and audited. */
  readonly door: 'ask' | 'chat' | 'responses' | 'embeddings' | 'transcriptions' | 'draft';
  readonly messages: readonly ChatMessage[];
  /** Its id, where the door keeps conversations; left out, it is known by its first user message. */
  readonly conversation?: string;
  /** Earlier turns of it that the door has not brought along: told with those that do not fit the model. */
  readonly leftOut?: number;
  /** `none`: nothing is searched, the model alone answers. */
  readonly documents: 'auto' | 'none';
  readonly collectionIds?: readonly string[];
  /** Left out: the first model that is configured. */
  readonly model?: string;
  readonly parameters: AnswerParameters;
  /** Vectors of the messages are wanted, one for each, and no answer. */
  readonly embed?: EmbedWish;
  /** What is said in a recording is wanted, and no answer. The messages help the model to understand it. */
  readonly transcribe?: Recording;
  /** Extra instructions of the door (tone of a draft); screened like everything else. */
  readonly instructions?: string;
}

/** A recording cannot be screened before it is heard; what is heard is scanned like any answer. */
export interface Recording extends TranscribeWish {
  /** As the caller calls it: screened and audited, never sent on. */
  readonly fileName: string;
  /** Of its bytes, in hexadecimal: what the record has in place of them. */
  readonly sha256: string;
}

/** The settings of a tenant that the path obeys. */
export interface PathSettings {
  readonly keepQuestionText: boolean;
  readonly keepAnswerText: boolean;
  readonly showReasoning: boolean;
  /** Whether callers see what they typed and the firewall took out again where the answer speaks of it. */
  readonly giveBackSecrets: boolean;
  readonly passagesPerQuestion: number;
  /** What becomes of a sentence that the passages it cites do not support. */
  readonly groundedness: GroundednessSetting;
}

export const GROUNDEDNESS_SETTINGS = ['off', 'mark', 'withhold'] as const;
export type GroundednessSetting = (typeof GROUNDEDNESS_SETTINGS)[number];

/** What comes out of the path, in order. After `end` nothing follows; a fault is thrown after its record is closed. */
export type PathEvent =
  /** The opening record is durable. `question` is the text as the model sees it: secrets taken out. */
  | { kind: 'accepted'; reference: string; question: string }
  | { kind: 'step'; step: Step; state: 'done' | 'skipped'; milliseconds: number; facts?: StepFacts }
  /** The question was not searched for as it stands; `failure`: a model was asked for it in vain. For the operator. */
  | { kind: 'rewritten'; by: 'rule' | 'model'; failure: string | null }
  /** The question waits for its turn with the model: position from 1, seconds estimated. */
  | { kind: 'waiting'; position: number; seconds: number }
  /** Earlier turns and passages that the model does not see: more than the door brings, or than fits the model. */
  | { kind: 'shortened'; turns: number; passages: number }
  | { kind: 'model'; model: string; driver: string }
  | { kind: 'citations'; citations: Citation[] }
  /** Nothing was found: the question with words that documents of the caller have. */
  /** `documentIds`: where its new words are from; for keeping it, not for the caller. */
  | { kind: 'suggestion'; text: string; documentIds: readonly string[] }
  | {
      kind: 'text';
      choice: number;
      channel: 'content' | 'reasoning' | 'tool';
      /** As it is kept, audited and counted: what the firewall took out of the question is a placeholder. */
      text: string;
      /** What this caller sees instead of `text`, with their own secrets in it: never stored, never logged. */
      given?: string;
      toolCall?: ToolCallPart;
    }
  /** Numbers only: nothing in it can be read. */
  | { kind: 'vector'; choice: number; values: Float32Array }
  /** Segments of a recording, as places in the text that was released as it is kept; numbers only. */
  | ({ kind: 'transcript'; choice: number } & Transcript)
  | { kind: 'withheld'; choice: number; action: 'redact' | 'stop' }
  /** A released sentence that what it cites does not support; offsets into the choice's content, as kept and shown. */
  | {
      kind: 'groundedness';
      choice: number;
      start: number;
      end: number;
      shown: { start: number; end: number };
      reason: GroundednessReason;
      /** A placeholder stands there in its place. */
      withheld: boolean;
    }
  | { kind: 'finish'; choice: number; reason: string }
  | { kind: 'refusal'; refusal: Refusal }
  | { kind: 'end'; outcome: Outcome; usage: Usage; seconds: number };

export type StepFacts = Record<string, string | number | boolean | null>;

export interface ToolCallPart {
  readonly index: number;
  readonly id?: string;
  readonly name?: string;
}
