export type QuestionPart = { kind: 'text'; text: string } | { kind: 'removed'; category: string };

/** What the firewall puts in the place of a secret: `⟦secret:1⟧`. */
const PLACEHOLDER = /⟦([a-z-]{1,40}):\d{1,6}⟧/g;

/** Cuts a stored question at what was taken out of it. */
export function splitPlaceholders(question: string): QuestionPart[] {
  const parts: QuestionPart[] = [];
  let at = 0;
  for (const match of question.matchAll(PLACEHOLDER)) {
    if (match.index > at) parts.push({ kind: 'text', text: question.slice(at, match.index) });
    parts.push({ kind: 'removed', category: match[1] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < question.length) parts.push({ kind: 'text', text: question.slice(at) });
  return parts;
}
