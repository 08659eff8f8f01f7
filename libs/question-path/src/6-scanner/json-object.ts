/**
 * Follows a JSON object that is written in pieces, as the arguments of a tool call are: once it is complete, nothing
 * but blanks can follow. What begins as anything else never counts as complete.
 */
export class JsonObject {
  /** Brackets that are open; undefined before the first one. */
  private depth: number | undefined;
  private isString = false;
  private isEscaped = false;
  private isOther = false;

  get complete(): boolean {
    return this.depth === 0;
  }

  push(text: string): void {
    for (let at = 0; at < text.length && !this.isOther && !this.complete; at++) this.take(text.charAt(at));
  }

  private take(unit: string): void {
    if (this.depth === undefined) {
      if (unit === '{') this.depth = 1;
      else this.isOther = unit.trim() !== '';
    } else if (this.isString) {
      if (unit === '"' && !this.isEscaped) this.isString = false;
      this.isEscaped = unit === '\\' && !this.isEscaped;
    } else if (unit === '"') this.isString = true;
    else if (unit === '{' || unit === '[') this.depth += 1;
    else if (unit === '}' || unit === ']') this.depth -= 1;
  }
}
