import type { Element, ElementContent, Root, RootContent, Text } from 'hast';
import type { GroundednessMark } from '@lorekeep/contracts';

/** What the page makes of a sentence that its sources do not support. */
export const UNSUPPORTED = 'lk-unsupported';

/** The marks within a block of Markdown as one short text: equal where nothing has changed. */
export function marksWithin(marks: readonly GroundednessMark[], start: number, end: number): string {
  return marks
    .filter((mark) => mark.start < end && mark.end > start)
    .map((mark) => [mark.start - start, mark.end - start, mark.reason, Number(mark.withheld)].join(','))
    .join(';');
}

function parseMarks(marks: string): GroundednessMark[] {
  if (marks === '') return [];
  return marks.split(';').map((mark) => {
    const [start = '', end = '', reason = '', withheld = ''] = mark.split(',');
    return {
      start: Number(start),
      end: Number(end),
      reason: reason as GroundednessMark['reason'],
      withheld: withheld === '1',
    };
  });
}

/** A rehype plugin, to stand before citations are cut: wraps what lies within a mark, by its place in the source. */
export function markSentences(marks: string) {
  const parsed = parseMarks(marks);
  const visit = (node: Root | Element): void => {
    const children: ElementContent[] = [];
    let open = null as { mark: GroundednessMark; element: Element } | null;
    for (const child of node.children.flatMap((one) => cut(one, parsed))) {
      const mark = parsed.find((one) => lies(child, one));
      if (!mark || isBlock(child)) {
        if (child.type === 'element' && child.tagName !== 'pre') visit(child);
        children.push(child);
        open = null;
      } else if (open?.mark === mark) open.element.children.push(child);
      else {
        open = { mark, element: wrapper(mark, child) };
        children.push(open.element);
      }
    }
    node.children = children;
  };
  return () => (root: Root) => {
    if (parsed.length > 0) visit(root);
  };
}

const BLOCKS = new Set([
  'p',
  'ul',
  'ol',
  'li',
  'table',
  'thead',
  'tbody',
  'tr',
  'td',
  'th',
  'blockquote',
  'pre',
]);

function isBlock(node: ElementContent): boolean {
  return node.type === 'element' && (BLOCKS.has(node.tagName) || /^h\d$/.test(node.tagName));
}

function wrapper({ reason, withheld }: GroundednessMark, child: ElementContent): Element {
  return { type: 'element', tagName: UNSUPPORTED, properties: { reason, withheld }, children: [child] };
}

function lies(node: ElementContent, { start, end }: GroundednessMark): boolean {
  const [from, to] = placeOf(node);
  return from < end && to > start;
}

function placeOf(node: RootContent): [number, number] {
  return [node.position?.start.offset ?? -1, node.position?.end.offset ?? -1];
}

/** Cuts a text where a mark begins or ends; one that stands otherwise in the source stays whole. */
function cut(node: RootContent, marks: readonly GroundednessMark[]): ElementContent[] {
  if (node.type === 'doctype') return [];
  const [from, to] = placeOf(node);
  if (node.type !== 'text' || to - from !== node.value.length) return [node];
  const edges = marks.flatMap(({ start, end }) => [start, end]).filter((at) => at > from && at < to);
  const places = [from, ...[...new Set(edges)].sort((a, b) => a - b), to];
  return places.slice(1).map((end, at) => piece(node, (places[at] ?? from) - from, end - from));
}

function piece(node: Text, start: number, end: number): Text {
  const { position } = node;
  if (!position) return node;
  const at = (point: typeof position.start, offset: number) => ({
    ...point,
    offset: (position.start.offset ?? 0) + offset,
  });
  return {
    type: 'text',
    value: node.value.slice(start, end),
    position: { start: at(position.start, start), end: at(position.end, end) },
  };
}
