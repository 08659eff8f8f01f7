/** Bytes of a segment that cannot be what was written. */
export class DamagedSegment extends Error {
  constructor(what: string) {
    super(`damaged segment: ${what}`);
    this.name = 'DamagedSegment';
  }
}

/** First byte of every directory and block. */
export const FORMAT = 1;
export const UUID_BYTES = 16;

/** Below 2^32. Returns the place behind it. */
export function writeVarint(data: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest > 127) {
    data[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  data[at++] = rest;
  return at;
}

export const varintBytes = (value: number): number =>
  value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : value < 2 ** 21 ? 3 : value < 2 ** 28 ? 4 : 5;

/** Reads a directory or block from its beginning, and never past its end. */
export class Reader {
  at = 1;
  private readonly buffer: Buffer;

  constructor(private readonly data: Uint8Array) {
    if (data[0] !== FORMAT) throw new DamagedSegment('an unknown format');
    this.buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }

  get done(): boolean {
    return this.at === this.data.length;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.data[this.at++];
      if (byte === undefined) throw new DamagedSegment('it ends too early');
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw new DamagedSegment('a number of more than 32 bits');
  }

  uuid(): string {
    const hex = this.buffer.toString('hex', this.at, this.at + UUID_BYTES);
    this.skip(UUID_BYTES);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  text(units: number, wide: boolean): string {
    const begin = this.at;
    this.skip(wide ? units * 2 : units);
    return this.buffer.toString(wide ? 'utf16le' : 'latin1', begin, this.at);
  }

  startsWith(wanted: Uint8Array): boolean {
    if (this.at + wanted.length > this.data.length) return false;
    for (let i = 0; i < wanted.length; i++) if (this.data[this.at + i] !== wanted[i]) return false;
    return true;
  }

  bytes(length: number): Uint8Array {
    const begin = this.at;
    this.skip(length);
    return this.data.subarray(begin, this.at);
  }

  skip(length: number): void {
    if (length > this.data.length - this.at) throw new DamagedSegment('it ends too early');
    this.at += length;
  }
}
