/** The length of what stands before the arrays, in bytes. */
const PREFIX = 4;
/** Arrays begin at multiples of it, whatever the size of their numbers. */
const ALIGNED = 8;
const ARRAYS = { Uint8Array, Uint16Array, Uint32Array, Int32Array };
type Name = keyof typeof ARRAYS;
type Packable = InstanceType<(typeof ARRAYS)[Name]>;

/** Where an array lies in the bytes. */
interface Place {
  readonly array: Name;
  readonly at: number;
  readonly length: number;
}

/** A plain value, arrays of numbers within it as they lie in memory: the same bytes for the same value. */
export function packArrays(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: Packable[] = [];
  let end = 0;
  const text = JSON.stringify(value, (_, each: unknown) => {
    if (!isPackable(each)) return each;
    const place: Place = { array: each.constructor.name as Name, at: end, length: each.length };
    arrays.push(each);
    end = aligned(end + each.byteLength);
    return place;
  });
  const described = new TextEncoder().encode(text);
  const start = aligned(PREFIX + described.length);
  const packed = new Uint8Array(start + end);
  new DataView(packed.buffer).setUint32(0, described.length, true);
  packed.set(described, PREFIX);
  let at = start;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at = aligned(at + byteLength);
  }
  return packed;
}

/** What was packed; its arrays lie in the bytes that are given. @throws SyntaxError or RangeError for other bytes */
export function unpackArrays({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): unknown {
  const length = new DataView(buffer, byteOffset, byteLength).getUint32(0, true);
  const described = new TextDecoder().decode(new Uint8Array(buffer, byteOffset + PREFIX, length));
  const start = byteOffset + aligned(PREFIX + length);
  return JSON.parse(described, (_, each: unknown) =>
    isPlace(each) ? new ARRAYS[each.array](buffer, start + each.at, each.length) : each,
  );
}

function isPackable(value: unknown): value is Packable {
  return Object.values(ARRAYS).some((type) => value instanceof type);
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'array' in value;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNED) * ALIGNED;
}
