/** vLLM counts a token for each frame that a Whisper hears: 100 a second (`get_num_audio_tokens`). */
export const AUDIO_TOKENS_PER_SECOND = 100;
/** MP3 of ordinary quality (128 kbit/s), and half of plain 16 kHz speech: seconds are not known before it is decoded. */
const BYTES_PER_SECOND = 16_000;

/** A rough count of the tokens of a recording, for use where the model server did not count. @param bytes of its file */
export function estimateAudioTokens(bytes: number): number {
  return Math.ceil((bytes / BYTES_PER_SECOND) * AUDIO_TOKENS_PER_SECOND);
}
