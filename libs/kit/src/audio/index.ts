export { AUDIO_TYPES, audioTypeOf, type AudioType } from './audio-type.js';
export { silentRecording } from './silent-recording.js';
