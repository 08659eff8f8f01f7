import type { Finding } from './finding.js';

/** Group 1 is there where the phrase is said (`is`) and not assigned: then more words speak against it. */
const KEYWORD =
  /pass[ -]?phrase["'`*]{0,3}(?:[ \t]{0,3}(?:=>|[:=：＝])[ \t]{0,3}|([ \t]{1,3}(?:is|was)[ \t:]{1,3}))[*"'`“]{0,2}/giu;
/** Words that are drawn from a list, four or more: a phrase of fewer is too weak to be one. */
const WORDS = /[A-Za-z]{3,16}(?:[ \t_-]{1,2}[A-Za-z]{3,16}){3,11}(?=[ \t]{0,8}(?:[\r\n.,;!?"'`”*)]|$))/y;
/** A sentence about a passphrase has one of these. */
const SENTENCE =
  /\b(?:the|and|for|you|your|our|their|its|this|that|these|those|with|without|from|into|must|should|shall|can|cannot|could|may|might|will|would|not|has|have|had|was|were|are|been|never|always|least|than|more|only|when|where|what|which|who|use|using|enter|type|choose|keep|set|see|ask|write|give|any|all|each|every|long|characters|words|required|optional|please)\b/i;
const SAID_SENTENCE = /(?:ed|ing|ly|ble)\b/i;

/** Passphrases of several words: `passphrase: correct horse battery staple`. */
export function findPassphrases(text: string): Finding<'password'>[] {
  const found: Finding<'password'>[] = [];
  for (const match of text.matchAll(KEYWORD)) {
    const start = match.index + match[0].length;
    WORDS.lastIndex = start;
    const words = WORDS.exec(text)?.[0];
    if (words === undefined || SENTENCE.test(words) || (match[1] && SAID_SENTENCE.test(words))) continue;
    found.push({ start, end: start + words.length, kind: 'password' });
  }
  return found;
}
