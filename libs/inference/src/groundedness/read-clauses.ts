/** What a clause says of what it speaks of. `exempt`: need not; `banned`: must not. */
export type Modality = 'required' | 'allowed' | 'exempt' | 'banned';

export interface Stance {
  readonly negated: boolean;
  readonly modality: Modality | null;
  /** The texts that are denied: behind their negation, or before it. */
  readonly denied: readonly { readonly text: string; readonly isBefore: boolean }[];
}

export interface Clause extends Stance {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const BREAK =
  /[,;:()|。，；：（）?!？！]|\.(?=\s|$)|\s(?:but|whereas|while|although|however)\s|\band(?=\s)|\s-\s|但|不过|而(?!且)|并(?!购)|且/gi;
/** Numbers have commas, times have colons. */
const WITHIN_NUMBER = /\d[,:]\d/;

/** The clauses of a statement: what is said or denied at once. */
export function readClauses(plain: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  const push = (end: number): void => {
    const text = plain.slice(start, end);
    if (/[\p{L}\p{N}]/u.test(text)) clauses.push({ start, end, text, ...readStance(text) });
  };
  for (const match of plain.matchAll(BREAK)) {
    if (WITHIN_NUMBER.test(plain.slice(Math.max(0, match.index - 1), match.index + 2))) continue;
    push(match.index);
    start = match.index + match[0].length;
  }
  push(plain.length);
  return clauses;
}

/** Said of a size, not of a fact. */
const SIZES =
  /\b(?:no|not)(?: be)? (?:more|less|later|earlier|fewer|longer|shorter|higher|lower|larger|smaller) than\b|\bnot (?:exceed|only|even)\b|\bno matter\b|\b(?:only|nothing|none) (?:but|other than)\b|不(?:得)?(?:超过|少于|低于|高于|晚于|早于|足|满|到|论|仅|但|同|断|管|止)|无论|无线|无尘|非常|未来|除非|没过|不好意思|(?:没有?|未)(?=[^，。；]{1,12}前)/gi;
const NEGATION =
  /\b(?:not|never|no|nobody|none|nothing|neither|nor|without|cannot|forbidden|prohibited|banned|excluded?|excludes|declin\w*|refus\w*|fail(?:s|ed)? to|lacks?|unless|void|denied|impossible)\b|n[’']t\b|[不没未无勿]|非(?=故意|本)|禁|拒绝|作废|除外|免(?=[收除])/i;
const NEGATIONS = new RegExp(NEGATION.source, 'gi');
const BANNED =
  /\b(?:must|may|shall|can|should) (?:not|never)\b(?! (?:have|need|required|necessary))|\b(?:cannot|can't|mustn't|forbidden|prohibited|not allowed|not permitted|(?:not|no longer) possible|impossible|never)\b|不得|不可(?!避)|不准|不能|不允许|禁|严禁|勿/i;
const EXEMPT =
  /\b(?:need not|needn't|(?:do|does) not (?:need|have|require)|don't (?:need|have)|not (?:required|necessary|needed|obliged)|no need|needs? no|without having to|optional)\b|无[须需]|不必|不用|不需要|不要求|免(?=[于提])/i;
const REQUIRED =
  /\b(?:must|ha(?:s|ve) to|needs?(?: to)?|required?|requires|shall|needed|obliged|mandatory|compulsory|should)\b|必须|(?<!无)须(?!知)|应当|应(?![用急])|(?<!无)需要?|务必|一律/i;
const ALLOWED =
  /\b(?:may|can|could|allowed|permitted|free to|possible|entitled)\b|可(?![能靠疑])|允许|准许|有权/i;

export function readStance(text: string): Stance {
  const plain = text.replace(SIZES, ' ');
  const denied = [...plain.matchAll(NEGATIONS)].map(({ 0: word, index }) =>
    DENIES_BEFORE.test(word)
      ? { text: plain.slice(0, index), isBefore: true }
      : { text: plain.slice(index + word.length, index + word.length + DENIED_UNITS), isBefore: false },
  );
  return { negated: denied.length > 0, modality: modalityOf(plain), denied };
}

/** Words that deny what stands before them. */
const DENIES_BEFORE = /^(?:forbidden|prohibited|banned|excluded?|excludes|void|impossible|作废|除外)/i;
const DENIED_UNITS = 60;

function modalityOf(text: string): Modality | null {
  if (EXEMPT.test(text)) return 'exempt';
  if (BANNED.test(text)) return 'banned';
  if (REQUIRED.test(text)) return 'required';
  return ALLOWED.test(text) ? 'allowed' : null;
}

const CONFLICTS: Readonly<Record<Modality, readonly Modality[]>> = {
  required: ['allowed', 'exempt', 'banned'],
  allowed: ['required', 'banned'],
  exempt: ['required', 'banned'],
  banned: ['allowed', 'exempt', 'required'],
};

/** Whether two clauses about the same thing cannot both be meant. */
export function conflicts(one: Stance, other: Stance): boolean {
  return one.modality !== null && other.modality !== null && CONFLICTS[one.modality].includes(other.modality);
}
