import { useSyncExternalStore } from 'react';
import { readStoredJson, writeStored } from '../kit/storage.js';

/** How to ask; what is left out is the gateway's to choose. */
export interface AskOptions {
  model?: string;
  collectionIds?: string[];
  documents?: 'none';
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  /** How to answer: a system prompt. */
  instructions?: string;
  /** Earlier questions that go along. */
  earlier?: number;
  /** Shown when it is complete, not while it is written. */
  whole?: true;
}

/** Sets a field, or takes it out where it is back at the gateway's choice. */
export function changed<Key extends keyof AskOptions>(
  options: AskOptions,
  key: Key,
  value: AskOptions[Key] | undefined,
): AskOptions {
  const next = { ...options };
  if (value === undefined) delete next[key];
  else next[key] = value;
  return next;
}

/** What stands in the composer of a conversation. It survives a reload and an expired session. */
export interface ComposerDraft {
  text: string;
  options: AskOptions;
}

const EMPTY: ComposerDraft = { text: '', options: {} };
const drafts = new Map<string, ComposerDraft>();
const listeners = new Set<() => void>();

/** Under `draft.`, which signing out forgets; per person, so that nobody meets another's words. */
const storageKey = (key: string) => `draft.${key}`;
export const draftKey = (personId: string, conversationId: string | undefined) =>
  `${personId}.${conversationId ?? 'new'}`;

export function readDraft(key: string): ComposerDraft {
  let draft = drafts.get(key);
  if (!draft) {
    draft = { ...EMPTY, ...readStoredJson<Partial<ComposerDraft>>(storageKey(key), {}) };
    drafts.set(key, draft);
  }
  return draft;
}

export function writeDraft(key: string, change: Partial<ComposerDraft>): void {
  const draft = { ...readDraft(key), ...change };
  drafts.set(key, draft);
  const empty = draft.text === '' && Object.keys(draft.options).length === 0;
  writeStored(storageKey(key), empty ? null : JSON.stringify(draft));
  for (const listener of listeners) listener();
}

/** A new conversation has got its id: what was set and typed meanwhile goes with it. */
export function moveDraft(from: string, to: string): void {
  writeDraft(to, readDraft(from));
  writeDraft(from, EMPTY);
}

export function useDraft(key: string): ComposerDraft {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => readDraft(key),
  );
}
