/**
 * How well follow-up questions are searched for: by the last turn alone, by rule, and by all turns of the person.
 *
 *   node --import ./test/support/typescript.mjs -C lorekeep-source libs/question-path/bench/follow-up.bench.ts \
 *     libs/question-path/bench/follow-up.jsonl apps/cli/samples/handbook apps/cli/samples/sources [label]
 *
 * Conversations are JSON lines `{id, language, needs, turns, expects}`: turns of person and answer in turn, the last of
 * them searched for; a passage that holds one of `expects` is right; `needs`, whether a reader needs the turns before.
 * Prints hit@1, hit@5 and MRR@10 of each way, and where the rule decides other than the reader; a label writes it to
 * record/. The search is BM25 over the sections of the documents, with the weights of the context tried in turn.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExtractiveDriver } from '@lorekeep/inference';
import { systemContext } from '@lorekeep/kit/context';
import { analyze } from '@lorekeep/kit/text';
import { followUp, type SearchText } from '../src/4-retrieval/follow-up.js';
import type { ChatMessage } from '../src/question.js';

interface Conversation {
  id: string;
  language: 'en' | 'zh';
  needs: boolean;
  turns: string[];
  expects: string[];
}
interface Section {
  title: string;
  text: string;
}

/** As long as a passage of the index at most, in characters. */
const SECTION_MAX = 1_200;
const WEIGHTS = [0.15, 0.25, 0.35, 0.5, 0.7, 1];
/** The weight that is reported. */
const WEIGHT = 0.5;

const [file = '', ...rest] = process.argv.slice(2);
const folders = rest.filter((argument) => argument.includes('/'));
const label = rest.find((argument) => !argument.includes('/'));
const conversations = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Conversation);

function textsOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:md|txt|html)$/.test(name) && !name.endsWith('README.md'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** Sections below headings, cut between lines where they are longer than a passage. */
function sectionsOf(source: string): Section[] {
  const text = source
    .replace(/<(style|head)[^]*?<\/\1>/g, '')
    .replace(/<h[1-6][^>]*>/g, '\n# ')
    .replace(/<\/(?:tr|p|li|h[1-6])>/g, '\n')
    .replace(/<\/t[dh]>/g, ' | ')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/^(?:\d\. )?([A-Z][A-Z :,0-9-]{5,})$/gm, '# $1')
    .replace(/^---\ntitle: (.*)\n(?:.*\n)*?---$/m, '# $1');
  const parts = text
    .split(/^#+ /m)
    .map((part) => part.trim())
    .filter(Boolean);
  const title = parts[0]?.split('\n')[0] ?? '';
  return parts.flatMap((part) => {
    const [heading = '', ...lines] = part
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const pieces = [''];
    for (const line of lines) {
      if ((pieces.at(-1)?.length ?? 0) + line.length > SECTION_MAX) pieces.push('');
      pieces[pieces.length - 1] += `${line}\n`;
    }
    return pieces.map((piece) => ({ title, text: `${heading}\n${piece}` }));
  });
}

const sections = folders.flatMap(textsOf).flatMap(sectionsOf);
const plain = (text: string): string => text.replace(/[\s*`_]+/g, '');
const bodies = sections.map((section) => plain(section.text));
const terms = sections.map(({ title, text }) => analyze(`${title}\n${text}`));
const mean = terms.reduce((sum, list) => sum + list.length, 0) / terms.length;
const postings = new Map<string, Map<number, number>>();
terms.forEach((list, at) => {
  for (const term of list) {
    const posting = postings.get(term) ?? new Map<number, number>();
    posting.set(at, (posting.get(at) ?? 0) + 1);
    postings.set(term, posting);
  }
});

/** Ids of the ten best sections; a term of both texts counts once, in full. */
function search({ text, context = '' }: SearchText, weight: number): number[] {
  const weights = new Map(analyze(context).map((term) => [term, weight]));
  for (const term of analyze(text)) weights.set(term, 1);
  const scores = new Map<number, number>();
  for (const [term, factor] of weights) {
    const posting = postings.get(term);
    if (!posting) continue;
    const idf = Math.log(1 + (sections.length - posting.size + 0.5) / (posting.size + 0.5));
    for (const [at, tf] of posting) {
      const norm = tf + 1.2 * (0.25 + (0.75 * (terms[at]?.length ?? 0)) / mean);
      scores.set(at, (scores.get(at) ?? 0) + (factor * idf * tf * 2.2) / norm);
    }
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 10)
    .map(([at]) => at);
}

const messagesOf = ({ turns }: Conversation): ChatMessage[] =>
  turns.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
const last = ({ turns }: Conversation): SearchText => ({ text: turns.at(-1) ?? '' });
const all = ({ turns }: Conversation): SearchText => ({
  text: turns.filter((_, at) => at % 2 === 0).join('\n'),
});
const rule = (conversation: Conversation): SearchText => followUp(messagesOf(conversation));
/** The rule, and the last answer as it was written down. */
const ruleAndAnswer = (conversation: Conversation): SearchText =>
  withContext(rule(conversation), conversation.turns.at(-2) ?? '');
/** The rule, and what quotations of the best five sections answer before, or the titles that they cite. */
const quoted = new Map(
  await Promise.all(conversations.map(async (one) => [one.id, await quotesFor(one)] as const)),
);
const ruleAndQuotes = (conversation: Conversation): SearchText =>
  withContext(rule(conversation), quoted.get(conversation.id)?.text ?? '');
const ruleAndTitles = (conversation: Conversation): SearchText =>
  withContext(rule(conversation), quoted.get(conversation.id)?.titles ?? '');

function withContext(found: SearchText, more: string): SearchText {
  return found.context === undefined ? found : { ...found, context: `${found.context}\n${more}` };
}

async function quotesFor(conversation: Conversation): Promise<{ text: string; titles: string }> {
  const before = followUp(messagesOf(conversation).slice(0, -2));
  const found = search(before, WEIGHT).slice(0, 5);
  const { text, cited } = await quotations(before.text, found);
  const titles = cited.map((at) => sections[at]?.title ?? '');
  return { text: text.slice(0, 300), titles: [...new Set(titles)].join('\n') };
}

/** What quotations of these sections answer to a question, and which they cite. */
async function quotations(
  question: string,
  found: readonly number[],
): Promise<{ text: string; cited: number[] }> {
  const passages = found.map((at, index) => {
    const [heading = '', ...lines] = sections[at]?.text.split('\n') ?? [];
    const content = lines.join('\n');
    return {
      number: index + 1,
      id: String(at),
      title: sections[at]?.title ?? '',
      heading,
      page: null,
      content,
    };
  });
  const messages = [{ role: 'user' as const, content: question }];
  const request = {
    model: '',
    passages,
    parameters: {},
    documents: 'cited',
    task: 'question',
    locale: 'en',
  } as const;
  let text = '';
  const cited: number[] = [];
  for await (const event of new ExtractiveDriver().answer(systemContext(''), { ...request, messages }))
    if (event.kind === 'text') text += event.text;
    else if (event.kind === 'citation') cited.push(Number(event.passageId));
  return { text: text.replace(/ ?\[\d+\]/g, ''), cited };
}

/** How many of the questions quotations answer, and how many rightly with the first source, of what the rule found. */
async function quotable(of: readonly Conversation[], asked: (found: SearchText) => string) {
  let [answered, right] = [0, 0];
  for (const conversation of of) {
    const { cited } = await quotations(
      asked(rule(conversation)),
      search(rule(conversation), WEIGHT).slice(0, 8),
    );
    const [first] = cited;
    if (first === undefined) continue;
    answered += 1;
    if (conversation.expects.some((text) => bodies[first]?.includes(plain(text)))) right += 1;
  }
  return { answered, right };
}

function rankOf(conversation: Conversation, way: (of: Conversation) => SearchText, weight: number): number {
  const wanted = conversation.expects.map(plain);
  return search(way(conversation), weight).findIndex((at) =>
    wanted.some((text) => bodies[at]?.includes(text)),
  );
}

function figures(of: readonly Conversation[], way: (of: Conversation) => SearchText, weight = WEIGHT) {
  const ranks = of.map((conversation) => rankOf(conversation, way, weight));
  const share = (value: number): number => Number((value / of.length).toFixed(3));
  return {
    hit1: share(ranks.filter((rank) => rank === 0).length),
    hit5: share(ranks.filter((rank) => rank >= 0 && rank < 5).length),
    mrr10: share(ranks.reduce((sum, rank) => sum + (rank < 0 ? 0 : 1 / (rank + 1)), 0)),
  };
}

for (const { id, expects } of conversations) {
  for (const text of expects)
    if (!bodies.some((body) => body.includes(plain(text))))
      throw new Error(`${id}: no passage holds “${text}”`);
}
const groups = {
  needing: conversations.filter(({ needs }) => needs),
  standingAlone: conversations.filter(({ needs }) => !needs),
};
const decided = (conversation: Conversation): boolean => rule(conversation).context !== undefined;
const asked = ({ id, turns }: Conversation): string => `${id} ${turns.at(-1)}`;
const record = {
  conversations: conversations.length,
  sections: sections.length,
  weight: WEIGHT,
  ...Object.fromEntries(
    Object.entries(groups).map(([name, of]) => [
      name,
      {
        count: of.length,
        lastTurn: figures(of, last),
        rule: figures(of, rule),
        ruleAndQuotes: figures(of, ruleAndQuotes),
        ruleAndTitles: figures(of, ruleAndTitles),
        ruleAndAnswer: figures(of, ruleAndAnswer),
        allTurns: figures(of, all),
      },
    ]),
  ),
  quotationsOfNeeding: {
    ofTheQuestion: await quotable(groups.needing, ({ text }) => text),
    ofQuestionAndContext: await quotable(groups.needing, ({ text, context = '' }) =>
      `${context} ${text}`.trim(),
    ),
  },
  needingByWeight: Object.fromEntries(
    WEIGHTS.map((weight) => [weight, figures(groups.needing, rule, weight)]),
  ),
  needsMissed: groups.needing.filter((one) => !decided(one)).map(asked),
  needsImagined: groups.standingAlone.filter(decided).map(asked),
};
process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
if (label)
  writeFileSync(new URL(`record/${label}.json`, import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
