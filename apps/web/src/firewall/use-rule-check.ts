import type { FirewallOwnRule } from '@lorekeep/contracts';
import { useRef, useState } from 'react';
import { call, type ResponseOf } from '../kit/call.js';
import { useTexts } from '../locales/use-texts.js';

type Mistakes = ResponseOf<'POST /api/admin/firewall/rules/check'>['mistakes'];

/**
 * What the gateway says about a rule while it is written, by field. `taken`: names of the other rules. A gateway that
 * cannot be reached says nothing: the review says it later.
 */
export function useRuleCheck(taken: readonly string[]) {
  const { t, say } = useTexts();
  const [mistakes, setMistakes] = useState<Mistakes>([]);
  const latest = useRef(0);
  /** Resolves with the fields that have a mistake. */
  const check = async (rule: FirewallOwnRule): Promise<string[]> => {
    const mine = ++latest.current;
    const found: Mistakes = await call('POST /api/admin/firewall/rules/check', { body: rule }).then(
      (answer) => answer.mistakes,
      () => [],
    );
    if (taken.includes(rule.id)) found.push({ path: 'id', message: 'is there twice' });
    if (mine === latest.current) setMistakes(found);
    return found.map(({ path }) => fieldOf(path));
  };
  const sentenceOf = ({ path, message }: Mistakes[number]) => {
    const [, at] = path.split('.');
    // Its beginning is not typed in the dialog.
    const isShape = path === 'id' && message.startsWith('must be own.');
    const sentence = isShape ? t('firewall.rule.idHint') : say(message);
    return at === undefined ? sentence : t('firewall.rule.atLine', { line: Number(at) + 1, sentence });
  };
  const mistakeOf = (field: string): string | undefined => {
    const own = mistakes.filter(({ path }) => fieldOf(path) === field).map(sentenceOf);
    return own.length > 0 ? own.join(' ') : undefined;
  };
  return { mistakeOf, check };
}

/** `catches.1` is in the field `catches`. */
const fieldOf = (path: string): string => path.split('.')[0] ?? path;
