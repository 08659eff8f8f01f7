import { RequestError } from '@lorekeep/kit/errors';
import type { AnswerParameters } from '@lorekeep/question-path';

type ToolChoice = AnswerParameters['toolChoice'];

/**
 * Which of the tools are called, by name. Without tools there is nothing to choose: a call that must be made of none,
 * or of one that is not there, is said here and not by the model server as a fault.
 */
export function toolChoiceOf(choice: ToolChoice, tools: readonly string[]): ToolChoice {
  if (typeof choice === 'object') {
    if (tools.includes(choice.name)) return choice;
    throw invalid('There is no tool of this name among the tools.');
  }
  if (tools.length > 0) return choice;
  if (choice === 'required') throw invalid('A call can only be required where there are tools.');
  return undefined;
}

function invalid(message: string): RequestError {
  return new RequestError(400, 'INVALID_REQUEST', message, [{ path: 'tool_choice', message }]);
}
