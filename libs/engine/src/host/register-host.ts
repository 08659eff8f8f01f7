import { randomBytes } from 'node:crypto';
import {
  CLOCKS_APART_MS,
  isSameProof,
  proveGateway,
  proveHost,
  type Registration,
} from '@lorekeep/kit/registration';
import type { Clock } from '@lorekeep/kit/clock';
import { Agent, request } from 'undici';
import { z } from 'zod';

/** How often the gateways hear of this host, in milliseconds; they take it for gone after ten seconds. */
export const SAY_EVERY_MS = 2_000;
const ANSWER_MS = 5_000;
const ANSWER_MAX = 64 * 1024;

const answerSchema = z.object({ proof: z.string() });
const refusalSchema = z.object({ detail: z.string() });

export type RegistrationState = 'registered' | 'refused' | 'unreachable';

export interface RegisterParts {
  /** Addresses, without a path. */
  readonly gateways: readonly string[];
  readonly key: string;
  /** Where gateways reach this host's door. */
  readonly address: string;
  readonly clock: Clock;
  /** PEM of the authority of the gateways' certificates; without it the well-known ones. */
  readonly authority?: Buffer;
  /** Told when a state changes, and why in a sentence. */
  onChange(gateway: string, state: RegistrationState, why: string): void;
}

/** Tells gateways where this host is for as long as it runs, and believes only those that prove the same key. */
export class RegisterHost {
  private readonly states = new Map<string, RegistrationState>();
  private readonly agent: Agent;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private isBusy = false;
  private last = 0;

  constructor(private readonly parts: RegisterParts) {
    this.agent = new Agent({ connect: parts.authority ? { ca: parts.authority } : {} });
  }

  start(): void {
    this.speak();
    this.timer = setInterval(() => this.speak(), SAY_EVERY_MS);
  }

  /** No further questions come once this has resolved. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
    await this.sayAll(true);
    await this.agent.close();
  }

  private speak(): void {
    if (this.isBusy) return;
    this.isBusy = true;
    this.round = this.sayAll(false).finally(() => (this.isBusy = false));
  }

  private async sayAll(leaving: boolean): Promise<void> {
    const at = this.nextTime();
    this.last = at;
    await Promise.all(this.parts.gateways.map((gateway) => this.say(gateway, at, leaving)));
  }

  /**
   * Later than before, as gateways want it, after a small step back of the clock too. What was said with a clock that
   * was far ahead is not held on to: they believe no such time, so that it would keep this host away for as long as the
   * clock was ahead. Nothing is repeated by it: gateways keep their own record of what they have taken.
   */
  private nextTime(): number {
    const now = this.parts.clock.now();
    return this.last - now > CLOCKS_APART_MS ? now : Math.max(this.last + 1, now);
  }

  private async say(gateway: string, at: number, leaving: boolean): Promise<void> {
    const nonce = randomBytes(16).toString('base64url');
    const said: Registration = { address: this.parts.address, at, nonce, leaving };
    try {
      const { statusCode, body } = await request(`${gateway}/api/engine-hosts`, {
        method: 'POST',
        // Every door for strangers wants it: no page elsewhere can send it.
        headers: { 'content-type': 'application/json', 'x-lorekeep-request': 'engine-host' },
        body: JSON.stringify({ ...said, proof: proveHost(this.parts.key, said) }),
        dispatcher: this.agent,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = (await body.text()).slice(0, ANSWER_MAX);
      if (statusCode !== 200) return this.note(gateway, 'refused', whyOf(text, statusCode));
      const answer = answerSchema.safeParse(parse(text)).data;
      if (!answer || !isSameProof(answer.proof, proveGateway(this.parts.key, said)))
        return this.note(gateway, 'refused', 'It does not prove that it has the same key.');
      this.note(gateway, 'registered', '');
    } catch {
      this.note(gateway, 'unreachable', 'It does not answer, or its certificate is not trusted.');
    }
  }

  private note(gateway: string, state: RegistrationState, why: string): void {
    if (this.states.get(gateway) === state) return;
    this.states.set(gateway, state);
    this.parts.onChange(gateway, state, why);
  }
}

function whyOf(text: string, status: number): string {
  return refusalSchema.safeParse(parse(text)).data?.detail.slice(0, 300) ?? `It answered ${status}.`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
