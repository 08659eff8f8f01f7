import { WORD_END } from './steering-words.js';

/** Who reads a document on somebody's behalf, and which document: the slots of rules on texts that turn to their reader. */

/** What a machine is called after what it is made of. */
export const MACHINE_KIND =
  '(?:ai|llm|gpt|language|generative|virtual|digital|automated|automatic|intelligent|smart|conversational|artificial intelligence|voice|chat|artificial|autonomous|neural|robotic)';
/** Nouns that name a machine only with such a word before them; people and devices are called so too. */
export const MACHINE_NOUN =
  '(?:assistants?|models?|agents?|bots?|systems?|tools?|readers?|reviewers?|summari[sz]ers?|analysts?|engines?|recruiters?|tutors?|coach(?:es)?|software|screeners?|graders?|evaluators?|interviewers?|programs?|services?|colleagues?|translators?|helpers?|editors?|secretar(?:y|ies)|note[- ]?takers?|operators?|pipelines?|employees?|workers?|minds?|ais?)';
/** People are assistants too, of somebody or of something. */
const PEOPLE_BEFORE =
  '(?<!(?<![a-z])(?:sales|shop|store|teaching|personal|executive|administrative|admin|medical|dental|legal|research|office|kitchen|nursing|care|physician|production|laboratory|lab|warehouse|student|graduate|classroom|project|hr|marketing|finance|accounting|board) )';
const PEOPLE_AFTER =
  '(?! (?:managers?|directors?|professors?|secretar(?:y|ies)|editors?|coach|principals?|heads?|chief|general|nurses?|buyers?|controllers?|surgeons?|teachers?|to (?:the|our)))';
/** A machine that reads, by a name that no person has. */
export const READER = `(?:(?:large )?${MACHINE_KIND}[ -](?:language |powered |based |driven )?${MACHINE_NOUN}|machine[ -](?:readers?|assistants?|translators?|summari[sz]ers?|agents?|reviewers?)|(?:llm|ai|ocr)[ /-](?:llm |pipelines?|workflows?|chains?)|ais?|llms?|gpts?|chatgpt|(?:chat|ro)?bots?|copilots?|claude|gemini|summari[sz]ers?|${PEOPLE_BEFORE}assistants?(?![a-z])${PEOPLE_AFTER}|artificial intelligence)${WORD_END}`;
/** Machines of any kind; only what they do to a text makes readers of them. */
export const ANY_MACHINE =
  '(?:models?|agents?|software|programs?|systems?|tools?|engines?|machines?|algorithms?|automation)';
/** What only those do that work with words: programs read and retrieve files. */
export const PUTS_IN_WORDS =
  '(?:summari[sz](?:es?|ing)|answer(?:s|ing)?|draft(?:s|ing)?|quot(?:es?|ing)|rephras(?:es?|ing)|paraphras(?:es?|ing)|relay(?:s|ing)?|explain(?:s|ing)?|scor(?:es?|ing)|grad(?:es?|ing)|rank(?:s|ing)?|rat(?:es?|ing)|screen(?:s|ing)?|judg(?:es?|ing)|condens(?:es?|ing)|recommend(?:s|ing)?)';
/** A machine of which somebody says what it does, or that is no longer right. */
export const ACTS =
  '(?! (?:or [a-z]{2,14} )?(?:ever |still |then |also )?(?:posts|fails|breaks|crashes|stops|misbehaves|returns|leaks|violates|refuses|sends|shows|produces|generates|behaves|makes|suggests|gets)(?![a-z]))';

/** What a reader does with a text. */
export const READS =
  '(?:read(?:s|ing)?(?: (?:out|along|aloud))?|summari[sz](?:es?|ing)|answer(?:s|ing)?|draft(?:s|ing)?|translat(?:es?|ing)|quot(?:es?|ing)|cit(?:es?|ing)|rephras(?:es?|ing)|paraphras(?:es?|ing)|relay(?:s|ing)?|explain(?:s|ing)?|consult(?:s|ing)?|assess(?:es|ing)?|evaluat(?:es?|ing)|scor(?:es?|ing)|grad(?:es?|ing)|rank(?:s|ing)?|rat(?:es?|ing)|screen(?:s|ing)?|review(?:s|ing)?|judg(?:es?|ing)|retriev(?:es?|ing)|interpret(?:s|ing)?|analy[sz](?:es?|ing)|condens(?:es?|ing)|digest(?:s|ing)?|recommend(?:s|ing)?|present(?:s|ing)?|discuss(?:es|ing)?|extract(?:s|ing)?)';
/** What it does besides, as other machines do. */
export const HANDLES =
  '(?:process(?:es|ing)?|handl(?:es?|ing)|index(?:es|ing)?|ingest(?:s|ing)?|scan(?:s|ning)?|pars(?:es?|ing)|accept(?:s|ing)?|receiv(?:es?|ing)|compar(?:es?|ing)|writ(?:es?|ing)|generat(?:es?|ing)|work(?:s|ing)? (?:on|in|with|from)|deal(?:s|ing)? with|ask(?:s|ing)?|look(?:s|ing)? at|see(?:s|ing)?|us(?:es?|ing)|rely(?:ing)? on|draw(?:s|ing)? on|com(?:es?|ing) across|encounter(?:s|ing)?|open(?:s|ing)?|updat(?:es?|ing)|upgrad(?:es?|ing)|maintain(?:s|ing)?|apply(?:ing)?|convert(?:s|ing)?)';
/** What a text in words is called, by itself. */
export const WRITING =
  '(?:texts?|pages?|documents?|files?|letters?|e-?mails?|messages?|passages?|paragraphs?|sections?|lines?|notes?|memos?|minutes|policy|policies|handbooks?|manuals?|contracts?|leases?|agreements?|terms|notices?|leaflets?|reviews?|profiles?|applications?|cvs?|resumes?|tenders?|bids?|proposals?|reports?|invitations?|invites?|tickets?|orders?|forms?|adverts?|ads?|posts?|threads?|recipes?|guides?|sheets?|templates?|listings?|articles?|releases?|summar(?:y|ies)|repositor(?:y|ies)|repos?|readmes?|wikis?|faqs?|transcripts?|slides?|papers?|abstracts?|essays?|claims?|invoices?|complaints?|changelogs?|newsletters?|calendars?|quotes?|quotations?)';
/** Nothing but this very text. */
export const THIS_TEXT = `(?:(?:this|these) (?:[a-z-]{2,14} ){0,2}${WRITING}|the (?:above|following|present) (?:${WRITING}|terms)|this)${WORD_END}`;

/** Agents that are programs; those of support, sales and insurance are people. */
export const PROGRAM_AGENT =
  '(?:(?:scheduling|calendar|e-?mail|mail|ops|browsing|browser|coding|code|triage|research|shopping|retrieval|indexing|crawling) (?:agents?|bots?|automation|tools?|software|programs?))';

/** Between a machine and what it does. */
export const LINK = '(?: [a-z]{2,12}){0,3}';
export const READING =
  '(?:reading|summari[sz]ing|answering(?: questions)?|drafting|translating|quoting|assessing|evaluating|scoring|grading|ranking|rating|reviewing|judging|writing|composing|preparing|generating)';
/** What a reader makes of a text. */
export const ANSWER =
  '(?:summar(?:y|ies)|answers?|repl(?:y|ies)|responses?|translations?|abstracts?|digests?|overviews?|reviews?|briefings?|assessments?|recaps?)';
