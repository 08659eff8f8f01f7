import { Refusal } from '@lorekeep/kit/errors';

/** A recording is uploaded and heard within seconds. */
const RETRY_SECONDS = 5;

/**
 * Recordings that this gateway holds in memory, from the first byte of an upload to the end of its transcript. One
 * tenant has half of the places at most, so that its uploads keep nobody else out.
 */
export class RecordingsInHand {
  private readonly held = new Map<string, number>();
  private total = 0;

  constructor(private readonly places: number) {}

  /** A place, given back by the function. @throws Refusal RECORDINGS_AT_ONCE (429) where there is none */
  take(tenantId: string): () => void {
    const own = this.held.get(tenantId) ?? 0;
    if (this.total >= this.places || own >= Math.ceil(this.places / 2)) throw tooMany();
    this.total += 1;
    this.held.set(tenantId, own + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.total -= 1;
      const left = (this.held.get(tenantId) ?? 1) - 1;
      if (left > 0) this.held.set(tenantId, left);
      else this.held.delete(tenantId);
    };
  }
}

function tooMany(): Refusal {
  return new Refusal({
    step: 'quota',
    code: 'RECORDINGS_AT_ONCE',
    text: 'Too many recordings are being transcribed at once. Try again in a few seconds.',
    status: 429,
    retryAfter: RETRY_SECONDS,
  });
}
