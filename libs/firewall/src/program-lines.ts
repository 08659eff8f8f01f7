/** Lines of a program that somebody pastes; a payload is a line or two. */
const LINES_MIN = 6;
/** Of all lines, so many read like those of a program. */
const SHARE_MIN = 0.7;
/** Of all lines, no more may be payload. */
const PAYLOAD_SHARE_MAX = 0.4;

/** Comments and decorators, what opens, closes or goes on, assignments, and words that begin a statement. */
const LINE =
  /^(?:[@#]|\/\/|\/?\*|"""|''')|[{}();,:[\]\\]$|^[\w$.*&[\]"'<>-]{1,60}(?: [\w$.*&<>]{1,40})? ?(?:[-+*|&^%.:?]|\|\||&&)?=(?!=)|^(?:def|class|async|function|export|import|from|const|let|var|return|if|else|elif|for|while|try|except|catch|finally|fi|done|then|esac|case|public|private|protected|static|struct|fn|use|package|func|switch|end|begin|local|set|echo|exit|break|continue|raise|throw|yield|assert|pass|with|typedef|extern|void|int|char)(?![\w-])/;

/** Whether a text is a program with more in it than the places that were found; linear in its length. */
export function isProgram(text: string, places: readonly { start: number; end: number }[]): boolean {
  const lines = new Set<string>();
  const payload = new Set<string>();
  let code = 0;
  let at = 0;
  for (const whole of text.split('\n')) {
    const [start, end] = [at, at + whole.length];
    at = end + 1;
    const line = whole.trim();
    if (line === '' || lines.has(line)) continue;
    lines.add(line);
    if (LINE.test(line)) code++;
    if (places.some((place) => place.start < end && place.end > start)) payload.add(line);
  }
  return (
    lines.size >= LINES_MIN &&
    code >= SHARE_MIN * lines.size &&
    payload.size <= PAYLOAD_SHARE_MAX * lines.size
  );
}
