const HEADER_BYTES = 44;
/** What speech models hear, in samples a second; others are brought to it. */
const RATE = 16_000;
const SAMPLE_BYTES = 2;

/** A recording of silence (WAV, PCM, one channel): something to ask a speech model that nobody said. */
export function silentRecording(seconds: number): Buffer {
  const length = Math.round(seconds * RATE) * SAMPLE_BYTES;
  const file = Buffer.alloc(HEADER_BYTES + length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(HEADER_BYTES - 8 + length, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16); // bytes of the format
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // channels
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * SAMPLE_BYTES, 28);
  file.writeUInt16LE(SAMPLE_BYTES, 32);
  file.writeUInt16LE(8 * SAMPLE_BYTES, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(length, 40);
  return file;
}
