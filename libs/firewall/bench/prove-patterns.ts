/**
 * Proves that no pattern of the product's rules can take unbounded time, and keeps each verdict beside the rules by the
 * hash of its pattern: only patterns that are new or changed are proven. Prints what it proved; fails on what is vulnerable.
 *
 *   npm run prove:firewall             what has no verdict; writes libs/firewall/src/rules/verdicts.json
 *   npm run prove:firewall -- --check  writes nothing, fails where one is missing, and proves some of the kept ones again
 *   npm run prove:firewall -- --all    everything anew
 *
 * The proof is the bound of bound-steps.ts: how many steps an engine takes from one position at most. recheck's automaton
 * calls every pattern of bounded repetitions safe, however dear; so it is its search for attacks that is asked, of
 * patterns whose bound is not small, and the texts that it finds are measured like those of the product's own corpus.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { check } from 'recheck';
import { RULES } from '../src/rules/all-rules.js';
import { boundSteps } from '../src/rules/bound-steps.js';
import {
  MICROS_MAX,
  mistakeOf,
  patternsOf,
  STEPS_MAX,
  type RunPattern,
  type Verdict,
} from '../src/rules/verdicts.js';
import { adversarialUnits, filled } from '../src/testing/adversarial-texts.js';

const FILE = new URL('../src/rules/verdicts.json', import.meta.url);
/** From here on attacks are searched for: below, the dearest text there could be costs little. */
const SEARCHED_FROM = 1_000;
const SEARCH_MS = 2_000;
const LENGTH = 32_768;
/** Longer attacks than this are tiled as they begin. */
const ATTACK_LENGTH = 4_096;
const ROUNDS = 3;
/** Patterns between two writes, so that little is lost when it is stopped. */
const WRITE_EACH = 50;
/** Kept verdicts that --check tries again, on a machine that may be slower and busy. */
const TRIED_AGAIN = 12;
const SLOWER = 4;

async function prove({ rule, source }: RunPattern): Promise<Verdict> {
  const begun = performance.now();
  const steps = boundSteps(source);
  const texts = adversarialUnits(rule).map((unit) => filled(unit, LENGTH));
  let search: string | undefined;
  if (steps > SEARCHED_FROM) {
    const found = await check(source, '', { checker: 'fuzz', timeout: SEARCH_MS });
    search = found.status === 'unknown' ? found.error.kind : 'none';
    if (found.status === 'vulnerable') {
      const { complexity, attack } = found;
      search = complexity.type === 'polynomial' ? `polynomial ${complexity.degree}` : complexity.type;
      texts.push(attack.string.slice(0, LENGTH), filled(attack.string.slice(0, ATTACK_LENGTH), LENGTH));
    }
  }
  const pattern = new RegExp(source, 'g');
  const micros = Math.max(...texts.map((text) => cost(pattern, text)));
  const by =
    micros > MICROS_MAX || !Number.isFinite(steps) ? 'vulnerable' : steps > STEPS_MAX ? 'measured' : 'steps';
  const ms = Math.round(performance.now() - begun);
  return { rule: rule.id, by, steps, ...(search && { search }), micros, ms };
}

/** Microseconds of processor time; the best of some, because other work disturbs. */
function cost(pattern: RegExp, text: string): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    text.replace(pattern, '');
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
    if (least < MICROS_MAX / ROUNDS) break;
  }
  return least;
}

async function readKept(): Promise<Record<string, Verdict>> {
  try {
    return JSON.parse(await readFile(FILE, 'utf8')) as Record<string, Verdict>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** One line a verdict, in the order of the rules. */
async function write(patterns: readonly RunPattern[], verdicts: Record<string, Verdict>): Promise<void> {
  const kept = patterns.filter(({ key }) => verdicts[key]);
  const lines = kept.map(({ key }) => `"${key}": ${JSON.stringify(verdicts[key])}`);
  await writeFile(FILE, `{\n${lines.join(',\n')}\n}\n`);
}

async function proveMissing(all: boolean): Promise<string[]> {
  const patterns = patternsOf(RULES);
  const verdicts = all ? {} : await readKept();
  let proven = 0;
  for (const pattern of patterns) {
    const kept = verdicts[pattern.key];
    if (kept && mistakeOf(pattern, verdicts) === undefined) continue;
    const verdict = await prove(pattern);
    verdicts[pattern.key] = verdict;
    console.log(
      `${verdict.by} ${verdict.rule}: ${verdict.steps} steps, ${verdict.micros} µs, ${verdict.search ?? '-'}`,
    );
    if (++proven % WRITE_EACH === 0) await write(patterns, verdicts);
  }
  await write(patterns, verdicts);
  console.log(`${patterns.length} patterns, ${proven} proven now`);
  return mistakes(patterns, verdicts);
}

/** What the file lacks, and of some that it has, whether they come out the same. */
async function checkKept(): Promise<string[]> {
  const patterns = patternsOf(RULES);
  const verdicts = await readKept();
  const found = mistakes(patterns, verdicts);
  const known = patterns.filter(({ key }) => verdicts[key]).sort((a, b) => (a.key < b.key ? -1 : 1));
  const again = known.filter((_, at) => at % Math.ceil(known.length / TRIED_AGAIN) === 0);
  for (const pattern of again)
    if ((await prove(pattern)).micros > MICROS_MAX * SLOWER)
      found.push(`${pattern.rule.id}: was proven, and is vulnerable now`);
  console.log(`${patterns.length} patterns have verdicts, ${again.length} proven again`);
  return found;
}

function mistakes(patterns: readonly RunPattern[], verdicts: Record<string, Verdict>): string[] {
  return patterns.flatMap((pattern) => {
    const mistake = mistakeOf(pattern, verdicts);
    return mistake === undefined ? [] : [`${pattern.rule.id}: /${pattern.source.slice(0, 120)}/ ${mistake}`];
  });
}

const { values } = parseArgs({ options: { check: { type: 'boolean' }, all: { type: 'boolean' } } });
const found = values.check ? await checkKept() : await proveMissing(values.all === true);
for (const mistake of found) console.error(mistake);
// recheck leaves a process of its own behind that would be waited for.
process.exit(found.length > 0 ? 1 : 0);
