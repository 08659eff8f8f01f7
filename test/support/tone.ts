/** Of a WAV file, in bytes. */
export const HEADER = 44;

/** A tone of 440 Hz as a WAV file (PCM, 16 kHz, one channel). */
export function tone(seconds: number): Buffer {
  const samples = Math.round(seconds * 16_000);
  const file = Buffer.alloc(HEADER + samples * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(16_000, 24);
  file.writeUInt32LE(32_000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1)
    file.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * 440 * at) / 16_000)), HEADER + at * 2);
  return file;
}
