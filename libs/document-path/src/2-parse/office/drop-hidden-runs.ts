const RUN = '<w:r>';
const RUN_WITH = '<w:r ';
const RUN_END = '</w:r>';
/** Hidden, and not `w:val="0"`, which says that it is not. */
const HIDDEN = /<w:(?:vanish|webHidden)(?:\s*\/?>|\s+w:val="(?:1|true|on)")/;

/** WordprocessingML without the runs that Word does not display. Such text is how instructions for a model are smuggled in. */
export function dropHiddenRuns(xml: string): string {
  if (!/<w:(?:vanish|webHidden)\b/.test(xml)) return xml;
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = nextRun(xml, from);
    const end = start < 0 ? -1 : xml.indexOf(RUN_END, start);
    if (end < 0) break;
    const after = end + RUN_END.length;
    const run = xml.slice(start, after);
    const properties = run.slice(0, Math.max(0, run.indexOf('</w:rPr>')));
    if (HIDDEN.test(properties)) {
      kept.push(xml.slice(from, start));
      from = after;
    } else {
      kept.push(xml.slice(from, after));
      from = after;
    }
  }
  kept.push(xml.slice(from));
  return kept.join('');
}

function nextRun(xml: string, from: number): number {
  const bare = xml.indexOf(RUN, from);
  const attributed = xml.indexOf(RUN_WITH, from);
  if (bare < 0 || attributed < 0) return Math.max(bare, attributed);
  return Math.min(bare, attributed);
}
