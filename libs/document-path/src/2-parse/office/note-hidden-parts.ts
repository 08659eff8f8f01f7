import { descendants, elementsOf, textOf } from '../formats/read-xml.js';
import type { HiddenTexts } from '../hidden-text.js';
import type { OfficeParts } from './unpack-office.js';

/** Properties that hold what somebody wrote; names of people, dates and counts order nothing. */
const WRITTEN = new Set([
  'title',
  'subject',
  'description',
  'keywords',
  'category',
  'contentStatus',
  'identifier',
]);

/** Core and custom properties (ECMA-376 part 2 and part 1, 22.3). */
export function noteProperties(parts: OfficeParts, hidden: HiddenTexts): void {
  const core = parts.xml('docProps/core.xml');
  for (const properties of core ? elementsOf(core) : [])
    for (const property of elementsOf(properties))
      if (WRITTEN.has(property.name)) hidden.add('properties', textOf(property));
  const custom = parts.xml('docProps/custom.xml');
  for (const property of custom ? descendants(custom, 'property') : []) {
    hidden.add('properties', property.attributes['name']);
    hidden.add('properties', textOf(property));
  }
}

const COMMENTS = ['comment', 'cm', 'threadedComment'];

/** Comments of the parts whose name matches, each whole. */
export function noteComments(parts: OfficeParts, names: RegExp, hidden: HiddenTexts): void {
  for (const name of parts.names()) {
    const root = names.test(name) ? parts.xml(name) : null;
    if (!root) continue;
    for (const kind of COMMENTS)
      for (const comment of descendants(root, kind)) hidden.add('comment', textOf(comment));
  }
}
