/** Scripts of pages as sources of patterns; canonical text, no capture groups. */

/** What an attack does first, to show that it ran, and then. */
export const ACT = String.raw`(?:alert|prompt|confirm|eval|print|fetch|import|open|write|settimeout|setinterval|function|execscript|msgbox|navigate|atob|xss)(?:\.(?:call|apply|bind))?(?: |%20|/\*[^*\n]{0,20}\*/){0,3}(?:\(|\x60|&lpar;|&#40|&#x28|\\u0028|%28)|\((?:alert|prompt|confirm|print)\) ?\(|document\.(?:cookie|domain|location|write)|(?:window|top|self|parent|this|frames|globalthis)(?:\[|\.location|\.open|\.name)|location(?:\.href)? ?=|string\.fromcharcode|javascript:|\.innerhtml|\[['"]constructor|src ?= ?['"]?//`;

/** A word whose letters are parted by what a browser skips. */
export function spaced(word: string): string {
  return [...word].join(
    String.raw`(?:[ \n]|&tab;|&newline;|%0[9ad]|&#(?:x0{0,4}[9ad]|0{0,4}1[03]|0{0,4}9);?|/\*[^*\n]{0,12}\*/|\\){0,6}`,
  );
}
