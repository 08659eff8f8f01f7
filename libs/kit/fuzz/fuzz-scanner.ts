/**
 * Tries the matcher against its definition with ever new words and texts, and prints the seed of what fails.
 *
 *   npm run fuzz:scanner [-- MINUTES [SEED]]
 */
import fc from 'fast-check';
import type { MatcherEntry } from '../src/matching/matcher.js';
import { checkAgainstPeer } from './check-peer.js';
import { checkBorder, checkMatches } from './check-world.js';
import { chunkedTexts, entryLists, markupWorlds, plainLists, plainTexts } from './worlds.js';

const MINUTES = 10;
/** Runs under one seed: short rounds, so that a seed repeats a failure soon. */
const ROUND = 300;

const minutes = Number(process.argv[2] ?? MINUTES);
const firstSeed = Number(process.argv[3] ?? Math.floor(performance.timeOrigin % 0x7fffffff));
const print = (line: string) => process.stdout.write(`${line}\n`);

const properties: Record<string, fc.IProperty<never>> = {
  matches: fc.property(entryLists(false), chunkedTexts, checkMatches) as fc.IProperty<never>,
  'matches, some allowed': fc.property(entryLists(true), chunkedTexts, checkMatches) as fc.IProperty<never>,
  'matches, markup': fc.property(markupWorlds, ([entries, pieces]) =>
    checkMatches(entries, pieces),
  ) as fc.IProperty<never>,
  border: borderOf(fc.tuple(entryLists(false), chunkedTexts)),
  'border, some allowed': borderOf(fc.tuple(entryLists(true), chunkedTexts)),
  'border, markup': borderOf(markupWorlds),
  peer: fc.property(plainLists, plainTexts, checkAgainstPeer) as fc.IProperty<never>,
};

function borderOf(worlds: fc.Arbitrary<[MatcherEntry[], string[]]>): fc.IProperty<never> {
  const property = fc.property(worlds, ([entries, pieces]) => checkBorder(entries, pieces.join('')));
  return property as fc.IProperty<never>;
}

if (!(minutes > 0) || !Number.isInteger(firstSeed)) {
  print('usage: npm run fuzz:scanner [-- MINUTES [SEED]]');
  process.exit(2);
}
print(`fuzzing for ${minutes} minutes, from seed ${firstSeed}`);
const end = performance.now() + minutes * 60_000;
let rounds = 0;
for (let seed = firstSeed; performance.now() < end; seed++, rounds++) {
  for (const [name, property] of Object.entries(properties)) {
    const result = fc.check(property, { seed, numRuns: ROUND });
    if (!result.failed) continue;
    print(`failed: ${name}, seed ${seed}\n${fc.defaultReportMessage(result) ?? ''}`);
    process.exit(1);
  }
}
print(`${rounds} rounds of ${ROUND} runs of ${Object.keys(properties).length} properties: nothing found`);
