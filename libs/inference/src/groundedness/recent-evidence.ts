import type { PromptPassage } from '../driver.js';
import { readEvidence, type Evidence } from './read-evidence.js';

/** Passages whose reading is kept: some 60 KB each, and people ask for the same ones. */
export const EVIDENCE_KEPT = 256;

/** What was read of the passages that were cited last: a passage says the same in every answer. */
export class RecentEvidence {
  private readonly kept = new Map<string, Evidence>();

  constructor(private readonly most = EVIDENCE_KEPT) {}

  of(passage: PromptPassage): Evidence {
    const { title, heading, content } = passage;
    const key = `${title}\u0000${heading}\u0000${content}`;
    const read = this.kept.get(key) ?? readEvidence(passage);
    // Last in the order of the map is what was asked for last.
    this.kept.delete(key);
    this.kept.set(key, read);
    const [oldest] = this.kept.size > this.most ? this.kept.keys() : [];
    if (oldest !== undefined) this.kept.delete(oldest);
    return read;
  }
}
