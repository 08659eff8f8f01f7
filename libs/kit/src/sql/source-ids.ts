const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** No document has it: what rests on a source that names none can never be read. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The documents that a text was written from: those that it was given, and those that it cites. */
export function sourceIds(given: readonly string[] = [], citations: readonly object[] = []): string[] {
  const cited = citations.map((citation) => ('documentId' in citation ? citation.documentId : null));
  const ids = [...given, ...cited].map((id) => (typeof id === 'string' && UUID.test(id) ? id : NOBODY));
  return [...new Set(ids)];
}
