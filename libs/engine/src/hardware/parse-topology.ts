/** nvidia-smi underlines the heading, on a pipe too. */
// eslint-disable-next-line no-control-regex -- an escape sequence begins with a control character
const TERMINAL_CODES = /\u001b\[[0-9;]*m/g;
const ROW = /^\s*GPU(\d{1,3})((?:\s+\S+)+)\s*$/;

/**
 * Reads the matrix of `nvidia-smi topo -p2p r`: true where every one of these cards reads every other's memory (`OK`).
 * CNS, GNS, TNS, NS and all else count as no, and so does a card that is missing.
 */
export function parseTopology(output: string, indices: readonly number[]): boolean {
  const rows = new Map<number, readonly string[]>();
  const lines = output.replace(TERMINAL_CODES, '').split(/\r?\n/);
  const heading = lines.find((line) => /^\s*GPU\d+(?:\s+GPU\d+)*\s*$/.test(line)) ?? '';
  const columns = [...heading.matchAll(/GPU(\d+)/g)].map(([, index]) => Number(index));
  for (const line of lines) {
    const match = line === heading ? null : ROW.exec(line);
    if (match) rows.set(Number(match[1]), (match[2] ?? '').trim().split(/\s+/));
  }
  return indices.every((from) =>
    indices.every((to) => from === to || rows.get(from)?.[columns.indexOf(to)] === 'OK'),
  );
}
