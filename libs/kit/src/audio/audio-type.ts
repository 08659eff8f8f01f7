/** A format of recordings by what its files are called and how they are announced. */
export interface AudioType {
  readonly extension: 'wav' | 'mp3' | 'flac' | 'ogg' | 'm4a' | 'webm';
  readonly mediaType: string;
}

/** Those that vLLM decodes, by libsndfile or PyAV. */
export const AUDIO_TYPES: readonly AudioType[] = [
  { extension: 'wav', mediaType: 'audio/wav' },
  { extension: 'mp3', mediaType: 'audio/mpeg' },
  { extension: 'flac', mediaType: 'audio/flac' },
  { extension: 'ogg', mediaType: 'audio/ogg' },
  { extension: 'm4a', mediaType: 'audio/mp4' },
  { extension: 'webm', mediaType: 'audio/webm' },
];

/** Where the head of an EBML file names its kind. */
const HEAD = 64;

/** What a recording is by its first bytes, whatever it is called; null where it is none of AUDIO_TYPES. */
export function audioTypeOf(bytes: Uint8Array): AudioType | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD));
  const at = (offset: number, word: string) => head.toString('latin1', offset, offset + word.length) === word;
  const extension = extensionOf(head, at);
  return AUDIO_TYPES.find((type) => type.extension === extension) ?? null;
}

function extensionOf(
  head: Buffer,
  at: (offset: number, word: string) => boolean,
): AudioType['extension'] | null {
  if (at(0, 'RIFF') && at(8, 'WAVE')) return 'wav';
  if (at(0, 'fLaC')) return 'flac';
  if (at(0, 'OggS')) return 'ogg';
  if (at(4, 'ftyp')) return 'm4a';
  if (at(0, '\x1aE\xdf\xa3') && head.includes('webm')) return 'webm';
  return at(0, 'ID3') || isMpegFrame(head) ? 'mp3' : null;
}

/** Eleven set bits, then a version and a layer that exist (ISO 11172-3); raw AAC has no layer. */
function isMpegFrame(head: Buffer): boolean {
  const [first = 0, second = 0] = head;
  const isVersion = (second & 0b0001_1000) !== 0b0000_1000;
  return first === 0xff && (second & 0b1110_0000) === 0b1110_0000 && isVersion && (second & 0b0110) !== 0;
}
