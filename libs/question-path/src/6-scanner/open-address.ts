/** UTF-16 units of an address that are looked at: nobody types a longer one. */
export const ADDRESS_LIMIT = 2_048;
/** How an address begins in running text and in Markdown, in every form that a browser takes for one. */
const BEGINNINGS: ReadonlySet<string> = new Set(['//', ':/', ':\\', '](']);

/**
 * Whether a text that is being written is within an address at the moment. What stands there goes to another
 * machine as soon as somebody's client opens it, or by itself where that is a picture; and it was the model,
 * perhaps at the bidding of a document, that wrote where to.
 */
export class OpenAddress {
  /** From its beginning on; null outside of an address. */
  private address: string | null = null;
  /** Within `<…>` an address may hold blanks. */
  private bracketed = false;
  private before = '';

  take(text: string): void {
    for (const unit of text) {
      if (this.ends(unit)) {
        this.address = null;
        this.bracketed = false;
      } else {
        if (unit === '<' && (this.address ?? '](') === '](') this.bracketed = true;
        if (this.address === null)
          this.address = BEGINNINGS.has(this.before + unit) ? this.before + unit : null;
        else if (this.address.length < ADDRESS_LIMIT) this.address += unit;
      }
      this.before = unit;
    }
  }

  /** Whether what comes next would be part of an address that is not in what the caller wrote. */
  leadsElsewhere(next: string, typed: string): boolean {
    if (this.address === null) return false;
    const written = this.address.replace(/^\]\(<?/, '') + next;
    return this.address.length >= ADDRESS_LIMIT || !typed.includes(written);
  }

  private ends(unit: string): boolean {
    return this.bracketed && this.address !== null ? unit === '>' || unit === '\n' : /\s/.test(unit);
  }
}
