import type { Verdict } from '../ports.js';

const ACTIONS: readonly unknown[] = ['allow', 'flag', 'redact', 'refuse'];

/** Whether an answer of the firewall can be read at all; an unknown action never counts as a yes. */
export function isVerdict(verdict: Verdict): boolean {
  if (typeof verdict !== 'object' || verdict === null) return false;
  const { action, texts, hits, redactions } = verdict;
  return (
    ACTIONS.includes(action) &&
    [texts, hits, redactions].every((list) => Array.isArray(list)) &&
    texts.every((text) => typeof text === 'string')
  );
}
