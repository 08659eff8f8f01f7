import type { ParsedDocument } from '../parsed-document.js';
import { cleanLine, cleanText } from './clean-text.js';
import { decodeText } from './decode-text.js';

/** A table with a head (RFC 4180; separated by comma, semicolon or tab). Formulas stay what they are: text. */
export function parseCsv(content: Uint8Array): ParsedDocument {
  const text = cleanText(decodeText(content));
  const rows = readRows(text, separatorOf(text)).filter((row) => row.some((cell) => cell !== ''));
  return {
    title: null,
    pages: null,
    blocks: rows.length > 0 ? [{ kind: 'table', rows, head: rows.length > 1, page: null }] : [],
  };
}

function separatorOf(text: string): string {
  const line =
    text
      .slice(0, 10_000)
      .split('\n')
      .find((candidate) => candidate.trim() !== '') ?? '';
  const count = (separator: string): number => line.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function readRows(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, next } = text.charAt(at) === '"' ? quoted(text, at) : plain(text, at, separator);
    row.push(cleanLine(cell));
    at = next;
    if (text.charAt(at) === separator) at++;
    else {
      rows.push(row);
      row = [];
      at++;
    }
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function plain(text: string, from: number, separator: string): { cell: string; next: number } {
  let next = from;
  while (next < text.length && text.charAt(next) !== separator && text.charAt(next) !== '\n') next++;
  return { cell: text.slice(from, next), next };
}

/** From an opening quote to its end; a doubled quote stands for one. What follows the end up to a separator is dropped. */
function quoted(text: string, from: number): { cell: string; next: number } {
  const parts: string[] = [];
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return { cell: parts.join('') + text.slice(at), next: text.length };
    parts.push(text.slice(at, end));
    if (text.charAt(end + 1) !== '"') return { cell: parts.join(''), next: end + 1 };
    parts.push('"');
    at = end + 2;
  }
}
