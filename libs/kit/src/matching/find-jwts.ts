import { isAlphanumeric, type Finding } from './finding.js';

/** Header and payload are JSON objects in base64url, which begin `{"`; RFC 7519. */
const JWT_PART = 'eyJ';

/** Longer headers are none; so that a stream knows a token before it must show its beginning. */
const LONGEST_HEADER = 1_800;
/** Without anything in it; shorter runs are not asked about. */
const SHORTEST = 16;
/** A payload of that length tells a token that was cut off. */
const SURE_PAYLOAD = 32;

/**
 * header.payload.signature; the signature may be empty (`alg: none` is a token all the same), and what was cut off in a
 * long payload is a token too. Payload and signature have any length.
 */
export function findJwts(text: string): Finding<'jwt'>[] {
  const found: Finding<'jwt'>[] = [];
  const [endOfHeader, endOfPayload] = [runEnds(text), runEnds(text)];
  for (let start = text.indexOf(JWT_PART); start >= 0;) {
    let next = start + 1;
    const header = endOfHeader(start);
    if (header - start <= LONGEST_HEADER && text[header] === '.' && text.startsWith(JWT_PART, header + 1)) {
      const payload = endOfPayload(header + 1);
      if (text[payload] === '.') next = endOfRun(text, payload + 1);
      else if (payload - header > SURE_PAYLOAD) next = payload;
      if (next - start >= SHORTEST) found.push({ start, end: next, kind: 'jwt' });
    }
    start = text.indexOf(JWT_PART, next);
  }
  return found;
}

/** Ends of runs, asked for with places that never go back: every run is read once, whatever the text. */
function runEnds(text: string): (start: number) => number {
  let known = -1;
  return (start) => (start < known ? known : (known = endOfRun(text, start)));
}

function endOfRun(text: string, start: number): number {
  let end = start;
  while (end < text.length && isBase64Url(text.charCodeAt(end))) end++;
  return end;
}

function isBase64Url(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x5f;
}
