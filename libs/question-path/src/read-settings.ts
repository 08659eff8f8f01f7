import type { CallContext } from '@lorekeep/kit/context';
import { askPart } from './ask-part.js';
import type { QuestionPathLimits } from './limits.js';
import type { PathPorts } from './ports.js';
import { GROUNDEDNESS_SETTINGS, type PathSettings } from './question.js';
import { lied } from './question-path.errors.js';

/** Before the settings are known nothing of a question is kept. */
export const KEEP_NOTHING: PathSettings = {
  keepQuestionText: false,
  keepAnswerText: false,
  showReasoning: false,
  giveBackSecrets: false,
  passagesPerQuestion: 8,
  groundedness: 'off',
};

/** The tenant's settings; what cannot be read decides nothing. */
export async function readSettings(
  ctx: CallContext,
  port: PathPorts['settings'],
  limits: QuestionPathLimits,
): Promise<PathSettings> {
  const settings = await askPart('settings', limits.QUESTION_CHECK_TIMEOUT_MS, () => port.of(ctx));
  const flags = [
    settings?.keepQuestionText,
    settings?.keepAnswerText,
    settings?.showReasoning,
    settings?.giveBackSecrets,
  ];
  const count = settings?.passagesPerQuestion;
  const isCounted = Number.isInteger(count) && count >= 1;
  const isKnown = GROUNDEDNESS_SETTINGS.includes(settings?.groundedness);
  if (!flags.every((flag) => typeof flag === 'boolean') || !isCounted || !isKnown) {
    throw lied('settings', 'are not complete');
  }
  return settings;
}
