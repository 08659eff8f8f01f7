import { cleanLine } from '../formats/clean-text.js';
import { descendants, textOf } from '../formats/read-xml.js';
import type { OfficeParts } from './unpack-office.js';

/** What programs write when nobody gave a title, and names of files. */
const RUBBISH =
  /^(?:untitled|unbenannt|(?:microsoft )?(?:word|powerpoint|excel)\b.*|(?:powerpoint|keynote) presentation|(?:pdf|word) document|(?:presentation|document|workbook|book|slide|title|dokument|pr[äa]sentation|présentation|classeur|folie|演示文稿|文档|文档|工作簿|幻灯片|無題|无标题|プレゼンテーション|スライド)\s*\d*|.*\.(?:docx?|pdf|dvi|tex|indd|xlsx?|pptx?|odt|rtf|html?|txt))$/i;

/** A title from a file's properties, if somebody wrote it. */
export function usableTitle(title: string | null | undefined): string | null {
  const line = title ? cleanLine(title.normalize('NFC')) : '';
  return line === '' || RUBBISH.test(line) ? null : line;
}

export function officeTitle(parts: OfficeParts): string | null {
  const core = parts.xml('docProps/core.xml');
  if (!core) return null;
  for (const title of descendants(core, 'title')) return usableTitle(textOf(title));
  return null;
}
