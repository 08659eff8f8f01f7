import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { askGateway, GatewayGone, TokenRefused } from '../ask/ask-gateway.js';
import { citedIn, type Answer } from '../ask/collect-answer.js';
import { readAskToken } from '../ask/read-ask-token.js';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { isRunning, readInstance } from '../instance/claim-instance.js';
import type { RunningInstance } from '../services/run-instance.js';
import { plainText } from '../terminal/plain-text.js';

const QUESTION_EXAMPLE = 'npm run ask -- "How many days of annual leave do I get?"';
const NO_MODEL = 'No model was used: this is quoted from documents.';
const START_POLL_MS = 200;
const ATTEMPTS = 3;

interface Options {
  json?: boolean;
}

export function registerAsk(program: Command, context: CommandContext, exit: (code: ExitCode) => void): void {
  program
    .command('ask')
    .description('ask as the sample employee; starts what it needs and stops what it started')
    .argument('<question...>', 'the question')
    .option('--json', 'one JSON object instead of text')
    .action(async (words: string[], options: Options) => exit(await ask(context, words.join(' '), options)));
}

async function ask(context: CommandContext, question: string, options: Options): Promise<ExitCode> {
  if (question.trim() === '') throw new CliError(`Ask something: ${QUESTION_EXAMPLE}`, EXIT.USAGE);
  for (let attempt = 1; ; attempt++) {
    const { url, started } = await reach(context);
    try {
      const answer = await askAt(context, url, question, options);
      return report(context, question, answer, options);
    } catch (cause) {
      // The instance that we found was stopped before it heard us: look again.
      if (!(cause instanceof GatewayGone) || attempt === ATTEMPTS) throw cause;
    } finally {
      await started?.stop();
    }
  }
}

/** The URL of the Lorekeep that runs here; starts one when there is none. */
async function reach(context: CommandContext): Promise<{ url: string; started?: RunningInstance }> {
  const settings = context.settings();
  for (;;) {
    const instance = readInstance(settings.dataDir);
    if (instance && isRunning(instance)) {
      if (instance.ready) return { url: instance.url };
      await delay(START_POLL_MS, undefined, { signal: context.signal });
      continue;
    }
    // Loaded only when needed: what asks a running Lorekeep is quick to begin.
    const { AlreadyRunning, runInstance } = await import('../services/run-instance.js');
    try {
      const started = await runInstance({
        ...context,
        command: 'ask',
        settings,
        // stdout is for the answer.
        show: (line) => context.progress.say(line),
      });
      return { url: started.url, started };
    } catch (cause) {
      if (!(cause instanceof AlreadyRunning)) throw cause;
    }
  }
}

async function askAt(
  context: CommandContext,
  url: string,
  question: string,
  options: Options,
): Promise<Answer> {
  const settings = context.settings();
  const write = options.json ? () => {} : (text: string) => void process.stdout.write(text);
  const request = { url, question, signal: context.signal, write };
  const token = readAskToken(settings.dataDir);
  try {
    if (token) return await askGateway({ ...request, token });
  } catch (cause) {
    if (!(cause instanceof TokenRefused)) throw cause;
  }
  const { renewAskToken } = await import('../ask/ask-token.js');
  return askGateway({
    ...request,
    token: await renewAskToken(settings, context.environment, context.progress),
  });
}

function report(context: CommandContext, question: string, answer: Answer, options: Options): ExitCode {
  const citations = citedIn(answer);
  if (answer.redactions > 0) context.progress.say(takenOut(answer.redactions));
  if (options.json) {
    context.print(JSON.stringify({ question, ...answer, citations }));
  } else {
    if (answer.text !== '' && !answer.text.endsWith('\n')) context.print('');
    if (answer.suggestion !== null) context.print(`Did you mean: ${plainText(answer.suggestion)}`);
    if (citations.length > 0) context.print('');
    for (const { number, title, heading, page } of citations) {
      const place = [title, heading, page === null ? '' : `page ${page}`].filter(Boolean).join(' — ');
      context.print(`[${number}] ${plainText(place)}`);
    }
    for (const sentence of doubts(answer)) context.progress.say(sentence);
    if (answer.driver === 'extractive' && answer.text !== '') context.progress.say(NO_MODEL);
  }
  return outcome(context, answer);
}

function doubts(answer: Answer): string[] {
  const said: string[] = [];
  const shown = answer.unsupported.filter(({ withheld }) => !withheld);
  for (const { start, end } of shown)
    said.push(`Not supported by its source: ${plainText(answer.text.slice(start, end).trim())}`);
  if (answer.leftOut > 0)
    said.push('Something that was found is withheld by policy and was not used for this answer.');
  if (answer.shortened)
    said.push(
      `Left out to fit the model: ${answer.shortened.passages} passages, ${answer.shortened.turns} earlier questions.`,
    );
  return said;
}

function takenOut(count: number): string {
  const what = count === 1 ? '1 secret was' : `${count} secrets were`;
  return `${what} taken out of the question before anything read it.`;
}

function outcome(context: CommandContext, answer: Answer): ExitCode {
  if (answer.error) {
    context.progress.say(`${plainText(answer.error.detail)} (reference ${answer.reference ?? 'none'})`);
    return EXIT.FAILED;
  }
  if (answer.refusal) {
    const wait = answer.refusal.retryAfter === undefined ? '' : ` Again in ${answer.refusal.retryAfter} s.`;
    context.progress.say(`${plainText(answer.refusal.text)}${wait}`);
    return EXIT.REFUSED;
  }
  if (answer.outcome === 'answered') return EXIT.OK;
  if (answer.outcome === 'stopped') {
    context.progress.say('The answer was stopped: it came to a word that may not be shown.');
    return EXIT.REFUSED;
  }
  context.progress.say('The answer is not complete: the gateway ended it early.');
  return EXIT.FAILED;
}
