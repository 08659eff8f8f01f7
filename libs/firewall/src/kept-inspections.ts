import { inspectText, type Inspection } from './inspect-text.js';
import type { Policy } from './policy.js';

/** Texts that are kept, and the longest of them in UTF-16 units: some 2 MB of the passages that are found most. */
export const KEPT_TEXTS = 1_500;
export const KEPT_UNITS = 4_096;

/**
 * What passages are by the rules, kept for the next question that finds them: a text and a policy have one answer. The
 * least recently found goes first. Not for policies with exceptions, which are made anew for every caller.
 */
export class KeptInspections {
  private readonly kept = new Map<string, { policy: Policy; inspection: Inspection }>();

  of(policy: Policy, text: string): Inspection {
    if (policy.sparedBy || text.length > KEPT_UNITS) return inspectText(policy, text, 'document');
    const known = this.kept.get(text);
    this.kept.delete(text);
    const entry =
      known?.policy === policy ? known : { policy, inspection: inspectText(policy, text, 'document') };
    this.kept.set(text, entry);
    if (this.kept.size > KEPT_TEXTS) this.forgetOne();
    return entry.inspection;
  }

  private forgetOne(): void {
    for (const oldest of this.kept.keys()) {
      this.kept.delete(oldest);
      return;
    }
  }
}
