import type { Step } from '@lorekeep/contracts/vocabulary';

export { STEPS, type Step } from '@lorekeep/contracts/vocabulary';

export interface RefusalBody {
  step: Step;
  /** Closed per step, e.g. `QUOTA_REQUESTS_PER_MINUTE`, `FIREWALL_SQL`. */
  code: string;
  /** What kind of thing was refused and what to do instead; never the offending text. */
  text: string;
  /** HTTP status on the doors that have one. */
  status: number;
  /** Seconds until it may work again, for quota refusals. */
  retryAfter?: number;
  /** Facts for the page and for the audit: names of rules, limits, times. Nothing secret. */
  facts?: Record<string, string | number | boolean | null>;
}

/** An ordinary, counted, audited outcome: a value, not an exception. */
export class Refusal implements RefusalBody {
  readonly step: Step;
  readonly code: string;
  readonly text: string;
  readonly status: number;
  readonly retryAfter?: number;
  readonly facts?: Record<string, string | number | boolean | null>;

  constructor(body: RefusalBody) {
    this.step = body.step;
    this.code = body.code;
    this.text = body.text;
    this.status = body.status;
    if (body.retryAfter !== undefined) this.retryAfter = body.retryAfter;
    if (body.facts !== undefined) this.facts = body.facts;
  }
}

export function isRefusal(value: unknown): value is Refusal {
  return value instanceof Refusal;
}
