import { wantedRules, type MatcherThread } from '@lorekeep/kit/matching';
import { THREAD_ENTRIES } from './compile-unit.js';
import type { CompiledUnit, ScannerPolicy } from './scan-table.js';
import {
  EXCEPTIONS,
  exceptionEntries,
  exceptionPolicies,
  exceptionRule,
  heardOf,
  rulesKey,
  rulesOf,
  soundPolicies,
  soundRules,
  soundsKey,
  unitExceptions,
  unitPolicies,
  unitSounds,
} from './unit-rules.js';

/** The domain's view of MatcherThread. */
export type PrepareThread = Pick<MatcherThread, 'build' | 'buildSounds' | 'policy'>;

/**
 * Derives in another thread what large units need under a policy, before `prepareTable` asks for it: at a million
 * entries it would hold up the answers for seconds. Small units are left to `prepareTable`.
 */
export class PrepareUnits {
  constructor(private readonly thread?: PrepareThread) {}

  /** What finds a unit's entries by sound; null: it is there, or never will be needed. */
  sounds(unit: CompiledUnit, policy: ScannerPolicy): Promise<unknown> | null {
    const { thread } = this;
    const isHeard = thread && isLarge(unit) ? heardOf(unit, policy) : null;
    const key = soundsKey(unit, policy);
    if (!thread || !isHeard || unitSounds.get(unit, key)) return null;
    const accepts = unit.kind === 'list' ? undefined : (_: unknown, entry: number) => isHeard(entry);
    return unitSounds.make(unit, key, () => thread.buildSounds(unit.matcher.entries, accepts));
  }

  /** The rules of a unit, of its sounds where they are made, and of its exceptions. */
  async rules(unit: CompiledUnit, policy: ScannerPolicy): Promise<void> {
    const { thread } = this;
    if (!thread || !isLarge(unit)) return;
    const key = rulesKey(unit, policy);
    const { matcher } = unit;
    await unitPolicies.make(unit, key, () => thread.policy(matcher, rulesOf(unit, policy)));
    const sounds = heardOf(unit, policy) && unitSounds.get(unit, soundsKey(unit, policy));
    if (sounds) {
      await soundPolicies.make(unit, key, () =>
        thread.policy(sounds.matcher, soundRules(unit, sounds, policy)),
      );
    }
    if (unit.kind === 'words') await this.exceptions(unit, policy, thread);
  }

  private async exceptions(unit: CompiledUnit, policy: ScannerPolicy, thread: PrepareThread): Promise<void> {
    const own = await unitExceptions.make(unit, EXCEPTIONS, async () => {
      const { entries, indexes } = exceptionEntries(unit);
      return { matcher: await thread.build(entries, { folds: unit.baseFolds }), indexes };
    });
    const ruleOf = exceptionRule(unit, own, policy);
    const wanted = () => wantedRules(own.matcher.entries, ruleOf);
    await exceptionPolicies.make(unit, policy.key, () => thread.policy(own.matcher, wanted()));
  }
}

const isLarge = ({ matcher }: CompiledUnit): boolean => matcher.entries.length >= THREAD_ENTRIES;
