import type { Step } from '@lorekeep/contracts';
import { Fault } from '@lorekeep/kit/errors';

/** A part of the path that answers to somebody else. */
export type Part = Step | 'settings';

export type PathCode =
  `${Uppercase<Part>}_UNAVAILABLE` | 'INFERENCE_INCOMPLETE' | 'INFERENCE_TIMEOUT' | 'INFERENCE_CANCELLED';

const TEXTS: Record<Part, string> = {
  settings: 'The settings could not be read. Please try again.',
  auth: 'Your rights could not be checked. Please try again.',
  quota: 'The quota could not be checked. Please try again.',
  firewall: 'The question could not be checked. Please try again.',
  retrieval: 'The documents cannot be searched at the moment. Please try again.',
  inference: 'The model cannot answer at the moment. Please try again.',
  scanner: 'The answer could not be checked and is not shown. Please try again.',
  audit: 'The question could not be recorded, and what is not recorded is not answered. Please try again.',
};

/** Faults of the path itself; a domain's own faults pass through it as they are. */
export class PathFault extends Fault<PathCode> {
  constructor(code: PathCode, text: string, options: { status: number; step?: Step; cause?: unknown }) {
    super(code, text, options);
    this.name = 'PathFault';
  }
}

/** What a part threw, as a fault: its own where it has one, else that it is away. */
export function faultOf(part: Part, cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  const code = `${part.toUpperCase() as Uppercase<Part>}_UNAVAILABLE` as const;
  return new PathFault(code, TEXTS[part], {
    status: 503,
    cause,
    ...(part === 'settings' ? {} : { step: part }),
  });
}

/** A part answered with what is no answer: a check that cannot be read counts as failed. */
export function lied(part: Part, what: string): Fault {
  return faultOf(part, new Error(`${part} ${what}`));
}
