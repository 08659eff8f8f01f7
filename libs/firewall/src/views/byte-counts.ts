const WIDE_MIN = 8;
const HIGH_MIN = 8;

/** What bytes hold, one after the other, as far as it says that `textOfBytes` makes no text of them: most that are random. */
export class ByteCounts {
  private count = 0;
  /** Zeros, and high bytes of Chinese in UTF-16, at even and at odd places. */
  private evenZeros = 0;
  private oddZeros = 0;
  private evenHan = 0;
  private oddHan = 0;
  private high = 0;
  private hasControl = false;
  /** Bytes of UTF-8 that must follow. */
  private more = 0;
  private isUtf8 = true;

  add(byte: number): void {
    const isOdd = (this.count++ & 1) === 1;
    if (byte >= 0x80) {
      this.high++;
      if (byte < 0xc0) {
        if (--this.more < 0) this.isUtf8 = false;
      } else {
        if (this.more !== 0) this.isUtf8 = false;
        this.more = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      }
    } else {
      if (this.more !== 0) this.isUtf8 = false;
      if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) this.hasControl = true;
      if (byte === 0) {
        if (isOdd) this.oddZeros++;
        else this.evenZeros++;
      }
    }
    if (byte < 0x4e || byte > 0x9f) return;
    if (isOdd) this.oddHan++;
    else this.evenHan++;
  }

  mayBeText(): boolean {
    if (!this.hasControl && ((this.isUtf8 && this.more === 0) || this.high >= HIGH_MIN)) return true;
    if (this.count % 2 !== 0 || this.count < WIDE_MIN) return false;
    const zeros = Math.max(this.evenZeros, this.oddZeros);
    return zeros * 4 >= this.count || Math.max(this.evenHan, this.oddHan) * 3 > this.count;
  }
}
