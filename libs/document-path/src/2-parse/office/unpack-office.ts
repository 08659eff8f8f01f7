import { strToU8, zipSync } from 'fflate';
import { UnreadableDocument } from '../../document-path.errors.js';
import { decodeText } from '../formats/decode-text.js';
import { readXml, type XmlElement } from '../formats/read-xml.js';
import type { Budget } from '../packed/budget.js';
import { PackedFile } from '../packed/packed-file.js';

/** Office's own files have some parts per page and picture; these are not the files of the limit on archives. */
const PARTS_MAX = 50_000;

export interface OfficeKind {
  readonly extension: string;
  readonly called: string;
  /** The part without which it is no file of its kind. */
  readonly main: string;
  /** Parts that hold text or say where it is; pictures, fonts and macros are never unpacked. */
  readonly needed: RegExp;
}

/** The parts of an Office file (ECMA-376) that are needed for its text, checked before any library sees them. */
export class OfficeParts {
  private constructor(private readonly parts: ReadonlyMap<string, Buffer>) {}

  /** Throws UnreadableDocument for bombs, document type definitions and files of another kind. */
  static async unpack(content: Uint8Array, kind: OfficeKind, budget: Budget): Promise<OfficeParts> {
    const packed = await PackedFile.of(content, PARTS_MAX);
    const parts = new Map<string, Buffer>();
    for (const entry of packed.entries) {
      // The packing format takes no notice of case; nor do the programs that write it.
      if (!kind.needed.test(entry.name)) continue;
      const part = await packed.unpack(entry, budget);
      refuseTypeDefinition(part);
      parts.set(entry.name, part);
    }
    if (!parts.has('[Content_Types].xml') || !parts.has(kind.main)) {
      const detail = `Its name ends in .${kind.extension}, but it is no ${kind.called}.`;
      throw new UnreadableDocument('DOCUMENT_TYPE_MISMATCH', detail);
    }
    return new OfficeParts(parts);
  }

  xml(name: string): XmlElement | null {
    const part = this.parts.get(name);
    return part ? readXml(decodeText(part)) : null;
  }

  names(): string[] {
    return [...this.parts.keys()];
  }

  /** The checked parts as a file again, without compression; `replaced` in place of their namesakes. */
  pack(replaced: Readonly<Record<string, string>> = {}): Buffer {
    const files = Object.fromEntries<Uint8Array>(this.parts);
    for (const [name, text] of Object.entries(replaced)) files[name] = strToU8(text);
    return Buffer.from(zipSync(files, { level: 0 }));
  }

  text(name: string): string {
    const part = this.parts.get(name);
    return part ? decodeText(part) : '';
  }

  /** Targets of a part's relationships by their id, as names of parts; outside targets are left out. */
  targets(name: string): Map<string, string> {
    const cut = name.lastIndexOf('/');
    const folder = name.slice(0, cut);
    const found = new Map<string, string>();
    const root = this.xml(`${folder}/_rels/${name.slice(cut + 1)}.rels`);
    for (const child of root?.children ?? []) {
      if (typeof child === 'string') continue;
      for (const relation of child.children) {
        if (typeof relation === 'string' || relation.attributes['TargetMode'] === 'External') continue;
        const { Id, Target } = relation.attributes;
        if (Id && Target) found.set(Id, resolvePart(folder, Target));
      }
    }
    return found;
  }
}

function resolvePart(folder: string, target: string): string {
  const path = target.startsWith('/') ? [] : folder.split('/');
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

/** Office writes none; with them come entities that expand without end or read other files. */
function refuseTypeDefinition(part: Buffer): void {
  for (const word of ['<!DOCTYPE', '<!ENTITY']) {
    const wide = Buffer.from(word, 'utf16le');
    if (part.includes(word, 0, 'latin1') || part.includes(wide) || part.includes(Buffer.from(wide).swap16()))
      throw new UnreadableDocument('DOCUMENT_HOSTILE');
  }
}
