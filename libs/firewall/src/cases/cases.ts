import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import type { Action, PolicyFor } from '../policy.js';
import { inspectText } from '../inspect-text.js';
import type { FirewallCaseRepository, NewCase, StoredCase } from '../store/firewall-case.repository.js';

/** Texts of one tenant: all are tried at every change, within a second or two. */
export const CASES_MAX = 200;
/** UTF-16 units of a text: as much as a question may have. */
export const CASE_TEXT_MAX = 32_000;
/** Texts are tried for so long without letting others have a turn. */
const SLICE_MS = 20;

/** A text of which a policy does not decide as it should. */
export interface FailedCase {
  readonly id: string;
  readonly role: NewCase['role'];
  readonly expected: Action;
  readonly got: Action;
  readonly text: string;
  readonly note: string;
}

export interface Trial {
  readonly tried: number;
  /** Those that the policy in force decides as it should, and the new one does not. */
  readonly broken: readonly FailedCase[];
  /** Those that the new one does not decide as it should either. */
  readonly failing: readonly FailedCase[];
}

/** Regression tests that a tenant made of its own texts. */
export class FirewallCases {
  constructor(private readonly repository: FirewallCaseRepository) {}

  /** Each with what a policy decides about it. */
  async list(ctx: CallContext, policy: PolicyFor): Promise<(StoredCase & { got: Action })[]> {
    const cases = await this.repository.list(ctx);
    return eachInTurn(cases, (one) => ({ ...one, got: decisionOf(policy, one) }));
  }

  /** @throws RequestError FIREWALL_CASES_LIMIT (422) */
  async add(ctx: CallContext, asked: NewCase): Promise<{ id: string }> {
    const id = await this.repository.add(ctx, asked, CASES_MAX);
    if (id !== undefined) return { id };
    throw new RequestError(422, 'FIREWALL_CASES_LIMIT', `There are ${CASES_MAX} tests already.`);
  }

  remove(ctx: CallContext, id: string): Promise<boolean> {
    return this.repository.remove(ctx, id);
  }

  /** What a change of policy would do to the tests. */
  async try(ctx: CallContext, current: PolicyFor, draft: PolicyFor): Promise<Trial> {
    const cases = await this.repository.list(ctx);
    const failed = await eachInTurn(cases, (one) => {
      const got = decisionOf(draft, one);
      if (got === one.expected) return null;
      const { id, role, expected, text, note } = one;
      return {
        failure: { id, role, expected, got, text, note },
        isNew: decisionOf(current, one) === expected,
      };
    });
    const all = failed.filter((one) => one !== null);
    const of = (isNew: boolean) => all.filter((one) => one.isNew === isNew).map(({ failure }) => failure);
    return { tried: cases.length, broken: of(true), failing: of(false) };
  }
}

/** As it would be decided without shadow mode, for a member of the case's groups. */
function decisionOf(policy: PolicyFor, { text, role, groupIds }: NewCase): Action {
  return inspectText(policy(groupIds), text, role).action;
}

async function eachInTurn<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const results: R[] = [];
  let since = performance.now();
  for (const item of items) {
    results.push(work(item));
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return results;
}
