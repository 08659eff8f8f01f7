/** Tables live in shared memory, so that the thread that made them hands them over without a copy. */
const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

export const sharedInt32 = (length: number): Int32Array => new Int32Array(shared(length * 4));
export const sharedUint16 = (length: number): Uint16Array => new Uint16Array(shared(length * 2));
export const sharedUint8 = (length: number): Uint8Array => new Uint8Array(shared(length));
