import type { InstancePlan } from './launch-plan.js';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command for a POSIX shell, environment in front, a flag a line; without the API key (`VLLM_API_KEY`). */
export function quoteCommand({
  command,
  environment,
}: Pick<InstancePlan, 'command' | 'environment'>): string {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${quoteWord(value)}`);
  const [program = '', verb = '', folder = '', ...flags] = command.map(quoteWord);
  const lines = [`${program} ${verb} ${folder}`];
  for (const word of flags) {
    if (word.startsWith('--')) lines.push(`  ${word}`);
    else lines[lines.length - 1] += ` ${word}`;
  }
  return [...settings, ...lines].join(' \\\n');
}

/** One word of a POSIX shell. */
export function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
