import { dominantLanguage } from '@lorekeep/kit/text';

/** A longer message says by itself what it is about, in UTF-16 units. */
export const STANDS_ALONE_UNITS = 300;
/** Words before a pointing word in the same message that can be what it points to: `a laptop is replaced … the old one`. */
const NAMED_BEFORE_WORDS = 2;
const NAMED_BEFORE_CHARACTERS = 6;
/** A question that names less, beside words for an amount, a time, a rule, hangs on what was said before. */
const NAMED_WORDS = 2;
const NAMED_CHARACTERS = 3;

const BEGINS_EN =
  /^(?:(?:ok(?:ay)?|thanks?|thank you|great|good|yes|no|hm+|so|ah)[,.! ]+)*(?:and|or|but|what about|how about|what if|even (?:if|when)|only if|if (?:so|not)|in (?:that|which) case|then|also|same|why(?: not)?\s*[?.]*$|really|sure\b)\b/i;
/** `it` that points to nothing: `is it allowed to …`, `how long does it take to …`. */
const EMPTY_IT =
  /\b(?:is|was|would|will) it (?:\w+ )?(?:allowed|possible|ok(?:ay)?|fine|true|necessary|legal|permitted|worth|required|normal|too late)\b(?= \w)|\bit (?:take|cost)s? (?:me |us |you )?(?:to|for|until)\b/gi;
const THERE_IS = /\b(?:is|are|was|were|will|isn't|aren't) there\b|\bthere(?: is| are|'s)\b/gi;
const THIS_TIME =
  /\bth(?:is|at|ese) (?:year|month|week|quarter|morning|afternoon|evening|summer|winter|spring|autumn|handbook|company|mon|tues|wednes|thurs|fri)\w*/gi;
/** `that` as a pronoun stands at the beginning or behind a verb or preposition, not behind a noun. */
const POINTS_EN =
  /\b(?:it|its|itself|they|them|their|theirs|these|those|this|he|him|his|she|her)\b|(?:^|[,;.] ?|\b(?:is|are|was|does|do|did|can|will|would|should|must|has|about|of|for|after|before|with|at|in|on|like|than|why|if|without|by|fix|use|get|need|change|request|approve)) that\b|\bthat(?:'s|(?: one| case| form| rule| number| limit))\b|\b(?:the|an?|another|which|old|new|other|first|second|last) ones?\b|\bthere\b|\b(?:the same|instead|otherwise|the (?:other|former|latter|rest)|(?:any(?:thing|one)?|what|who|where) else)\b|\b(?:too|as well|either)\s*[?.!]*$/gi;
const VERB_EN =
  /\b(?:is|are|was|were|am|be|do|does|did|can|could|may|might|must|shall|should|will|would|have|has|had|get|need|mean|means|show|shows|tell|explain|list|give|find|[a-z]+n't)\b/i;
const BEGINS_FRAGMENT_EN =
  /^(?:in|on|at|for|with|without|from|to|by|after|before|during|per|under|over|as|the|an?|more|only)\b/i;
/** Words that only ask, or name a side of something and not the thing itself. */
const SIDES_EN = new Set(
  `a about after all allowed already also always am amount an and annually any anybody anyone anything apply approval approve approved
approves approving are as ask at available back be been before begin begins business by call can change changed come cost costs could customer
customers date day days deadline did do does doing done due during each else employee employees end ends enter ever every everybody everyone example exception exceptions
fast fee few file fill find first for form from get gets give given go happen happens has have hear her here high him his hour hours how i if in
into is it keep know last late least less limit limits long longer lose made make manager many max maximum may me mean means might min minimum minutes
money month monthly months more most much must my need needed needs next no not now number of off often old on once one only open or order other our out
paid pay per person please possible price process proof quickly reason receive register request required rest rule rules same send several should show sign signs so some
somebody someone soon start starts steps still stop take taken takes tell than that the their them then there these they thing things this time times to today told too
under until up us use used valid very want was way we week weekly weeks were what when where whether which who whom whose why will with without work works would write year yearly years yes you your`.split(
    /\s+/,
  ),
);

const BEGINS_ZH =
  /^(?:好的?|谢谢|嗯|哦|明白了?|知道了)?[，,。！! ]*(?:那(?!天|年|次)|还有|另外|而且|但是?|可是|要是|换成|再(?!次)|也|所以|然后|同样|除此|之后|如果(?:不|没|超|是|丢|晚)|超过|为什么[？?]?$|为啥|真的)/;
const POINTS_ZH =
  /它们?|他们|她们?|(?<!其)他(?!人)|这(?!年|月|周|星期|学期|本手册|家公司)|(?<!刹)那(?:个|些|种|样|里|份|项|边|时)|(?<!应)该(?!怎|如)|其(?!他|它|中|实|余|次)|前者|后者|上述|刚才|上面(?:说|提|那)|同样|一样[？?]?$|还是不行/;
const ELLIPSIS_ZH = /呢[？?。!！ ]*$/;
const ASKS_ZH = /什么|怎么|怎样|如何|多少|多久|几|哪|谁|为何|吗|是否|能不能|可不可以|有没有/;
/** Longest first. */
const SIDES_ZH =
  /什么时候|什么时间|多长时间|多少钱|为什么|怎么办|怎么样|有没有|能不能|可不可以|是不是|要不要|需不需要|一般|最多|最少|最高|最低|最早|最晚|至少|大概|必须|需要|可以|应该|能够|是否|如何|怎么|怎样|什么|哪些|哪个|哪里|哪天|哪儿|多少|多久|多长|多大|几天|几个|几次|几年|每天|每月|每年|每次|请问|审批|批准|申请|提前|时间|期限|截止|金额|上限|下限|限额|标准|材料|手续|流程|步骤|表格|费用|价格|比例|条件|要求|规定|例外|原因|处理|办理|负责|联系|电话|部门|有效期?|过期|到期|生效|开始|结束|证明|公司|员工|客户|孩子|家属|主管|经理|时候|期间|以后|之后|还是|或者|不行|分开|使用|我们|你们|你|我|您|谁|哪|几|吗|呢|吧|啊|了|的|是|要|会|能|用|也|在|到|去|给|把|被|对|有|和|与|就|都|还|不|没|得|着|过|钱|张|份|个|天|次|补|发|丢|算|请|让|做/g;
/** A word of two characters is a thing: 年假, 工资. */
const THING_ZH = /\p{L}{2}/u;
/** Codes, numbers with a name, names: what is named so needs nothing before it. */
const NAMES = /\b\p{Lu}{1,6}-?\d|\b\p{Lu}{2,}\b|\p{L}+\d|\d{3,}/u;

/**
 * Whether the last message of a conversation can be searched for only together with what was asked before it: it begins
 * with a joining word, points to something that it does not name, or names hardly anything. By rule, for English and
 * Chinese; what is in doubt stands alone.
 */
export function needsContext(message: string): boolean {
  if (message.length > STANDS_ALONE_UNITS) return false;
  const text = message.normalize('NFKC').replace(/[’‘ʼ]/g, "'").replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return text !== '';
  return dominantLanguage(text) === 'zh' ? chineseNeedsContext(text) : englishNeedsContext(text);
}

function englishNeedsContext(text: string): boolean {
  if (BEGINS_EN.test(text)) return true;
  const bare = text.replace(EMPTY_IT, '').replace(THERE_IS, '').replace(THIS_TIME, '');
  for (const { index } of bare.matchAll(POINTS_EN)) {
    if (namedWords(bare.slice(0, index)).length < NAMED_BEFORE_WORDS) return true;
  }
  if (NAMES.test(text)) return false;
  const words = text.split(' ').length;
  if (words <= 5 && BEGINS_FRAGMENT_EN.test(text) && !VERB_EN.test(text)) return true;
  const named = namedWords(text).length;
  // One word that is asked for by its definition is a name; keywords without a verb are a search of their own.
  if (named === 0) return true;
  return named < NAMED_WORDS && VERB_EN.test(text) && !/^(?:what|who)(?: is|'s| are) \S+ ?\?*$/i.test(text);
}

function namedWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? []).filter(
    (word) => !SIDES_EN.has(word.replace(/'(?:s|re|ll|d|ve|m)$/, '')) && !/n't$/.test(word),
  );
}

function chineseNeedsContext(text: string): boolean {
  if (BEGINS_ZH.test(text)) return true;
  if (ELLIPSIS_ZH.test(text) && !ASKS_ZH.test(text)) return true;
  const pointed = POINTS_ZH.exec(text);
  if (pointed && namedCharacters(text.slice(0, pointed.index)) < NAMED_BEFORE_CHARACTERS) return true;
  return !NAMES.test(text) && namedCharacters(text) < NAMED_CHARACTERS && !namesThing(text);
}

function namesThing(text: string): boolean {
  return THING_ZH.test(text.replace(SIDES_ZH, ' '));
}

function namedCharacters(text: string): number {
  return text.replace(SIDES_ZH, '').replace(/[^\p{L}\p{N}]/gu, '').length;
}
