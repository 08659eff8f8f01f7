/**
 * Text of unknown encoding: a byte order mark decides; else UTF-8 where it is valid, GB18030 where that is and yields
 * Chinese, else Windows-1252, in which every byte means something.
 */
export function decodeText(content: Uint8Array): string {
  const [first, second, third] = content;
  if (first === 0xff && second === 0xfe) return decode('utf-16le', content, false);
  if (first === 0xfe && second === 0xff) return decode('utf-16be', content, false);
  if (first === 0xef && second === 0xbb && third === 0xbf) return decode('utf-8', content, false);
  const utf8 = attempt('utf-8', content);
  if (utf8 !== null) return utf8;
  const chinese = attempt('gb18030', content);
  if (chinese !== null && mostlyHan(chinese)) return chinese;
  return decode('windows-1252', content, false);
}

function decode(encoding: string, content: Uint8Array, fatal: boolean): string {
  return new TextDecoder(encoding, { fatal }).decode(content);
}

function attempt(encoding: string, content: Uint8Array): string | null {
  try {
    return decode(encoding, content, true);
  } catch {
    return null;
  }
}

/** Accented Latin letters in pairs are valid GB18030 too, but then read as rare characters between Latin letters. */
function mostlyHan(text: string): boolean {
  const other = text.match(/\P{ASCII}/gu)?.length ?? 0;
  const han = text.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/g)?.length ?? 0;
  const amongLatin = text.match(/[a-z][\u4e00-\u9fff]{1,2}[a-z]/gi)?.length ?? 0;
  return han >= other * 0.6 && amongLatin * 4 < han;
}
