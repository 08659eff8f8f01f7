import { escapeHtml } from './escape-html.js';

/** The first column heads its row. `texts`: words are told, not numbers. */
export function htmlTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { texts = false } = {},
): string {
  const header = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map(
    ([first = '', ...cells]) =>
      `<tr><th scope="row">${escapeHtml(first)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  return (
    `<div class="table" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table${texts ? ' class="texts"' : ''}>` +
    `<caption>${escapeHtml(caption)}</caption><thead><tr>${header}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
  );
}
