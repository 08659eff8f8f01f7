import type { TextRole } from './rule.js';

/** Vocabulary of the rules against steering the assistant; all bounded. Canonical text keeps curly apostrophes. */

/** Who may try to steer: everybody but documents, which have rules of their own. */
export const SPEAKERS: readonly TextRole[] = ['user', 'system', 'assistant', 'tool'];
/** What no document says to its readers either. */
export const EVERYBODY: readonly TextRole[] = [...SPEAKERS, 'document'];

export const APOSTROPHE = "['’]?";
export const QUOTE = '["\'“”‘’`]';
/** Between two words. */
export const GAP = '[ \\n]{1,4}';
export const WORD_END = '(?![a-z])';

/** Up to `max` words of any kind, each with the gap behind it. */
export function words(max: number): string {
  return `(?:[a-z0-9'’/-]{1,18}[ ,\\n"“”]{1,4}){0,${max}}`;
}

/** No letter and no blank: behind any sign a sentence may begin, whichever it is, and in a line of its own. */
export const SIGN = '[^a-z \\t]';
/** Where a sentence of a document begins: clauses behind a comma and numbers of a table are none. */
export const BEGIN = '(?:^|[^a-z0-9, \\t])[ \\t]{0,4}';
/** Where an order begins: behind a sign, or after words that turn to the one who is ordered. */
const ORDER = `(?:^|${SIGN}|\\b(?:please|now|then|and|but|so|just|must|should|will|shall|you|kindly|simply|also|instead|ok|okay|first|you to|you can|you may|need to|have to|let us|let['’]s|always))[ \\n]{0,4}`;

/** The verb where an order begins. It is looked for first, as it is rarer than the places where orders may begin. */
export function ordered(verb: string): string {
  return `(?:${verb})(?<=${ORDER}(?:${verb}))`;
}

/** To put aside what was said before. */
export const PUT_ASIDE = `(?:ignore|disregard|forget|overlook|override|overrule|overwrite|bypass|discard|neglect|erase|drop|abandon|dismiss|nullify|throw (?:away|out)|get rid of|(?:set|put|leave|cast) aside|(?:do not|don${APOSTROPHE}t|never|stop|cease|quit|no longer|you (?:need not|needn${APOSTROPHE}t|do not (?:need|have) to|don${APOSTROPHE}t (?:need|have) to)) (?:follow(?:ing)?|obey(?:ing)?|listen(?:ing)? to|adher(?:e|ing) to|comply(?:ing)? with|abid(?:e|ing) by|consider(?:ing)?|apply(?:ing)?|respect(?:ing)?|pay(?:ing)? (?:any )?attention to)|pay no (?:attention|heed|mind) to)`;

/** One of these stands in every match of PUT_ASIDE. */
export const PUT_ASIDE_LITERALS = [
  'ignore',
  'disregard',
  'forget',
  'overlook',
  'overrid',
  'overrul',
  'overwrit',
  'bypass',
  'discard',
  'neglect',
  'erase',
  'drop ',
  'abandon',
  'dismiss',
  'nullify',
  'throw away',
  'throw out',
  'get rid of',
  ' aside',
  ...['not', 'dont', "don't", 'never', 'stop', 'cease', 'quit', 'longer', 'to'].flatMap((not) =>
    ['follow', 'obey', 'listen', 'adher', 'comply', 'abid', 'consider', 'apply', 'respect', 'pay'].map(
      (verb) => `${not} ${verb}`,
    ),
  ),
  'pay no ',
] as const;

/** What a model is told by those who run it. */
export const TOLD =
  '(?:instructions?|prompts?|directives?|directions|programming|guidelines?|system messages?)';

/** Words for what limits an answer. */
export const LIMIT =
  '(?:guidelines?|restrictions?|restraints?|constraints?|limits?|limitations?|boundar(?:y|ies)|polic(?:y|ies)|rules?|filters?|filtering|principles|codes?|standards|norms|considerations?|compass|concerns|obligations?|safeguards?|guardrails?|protocols?|censorship|prohibitions?|inhibitions?|taboos?|scruples|qualms|moderation)';

export const MACHINE =
  '(?:ais?|a\\.i\\.|chatbots?|bots?|assistants?|language models?|llms?|models?|gpts?|chatgpt|machines?|robots?|computers?)';

/** Canonical text has the parts of Korean syllables and of voiced kana apart. */
export function decomposed(text: string): string {
  return text.normalize('NFD');
}

/** To read something out. */
export const SAY =
  "(?:reveal|show|print|repeat|output|display|tell|give|share|disclose|expose|dump|leak|recite|copy|write|list|state|translate|summari[sz]e|encode|return|provide|quote|spell|describe|paste|echo|read|send|explain|outline|paraphrase|rephrase|reproduce|convert|complete|finish|type|render|elaborate|enumerate|divulge|what (?:is|are|was|were|['’]s)|what['’]?s|know|see|view|access|get|want|need|have|continue)";
export const SAYING =
  '(?:reveal|show|print|repeat|output|display|tell|give|share|disclose|expose|dump|leak|recit|copy|writ|list|stat|translat|summari[sz]|encod|return|provid|quot|spell|describ|past|echo|read|send|explain)ing';
