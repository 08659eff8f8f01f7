export { analyze, ANALYZER_VERSION } from './analyze-text.js';
export { TERM_LENGTH_MAX } from './term-of-word.js';
export { toSimplified } from './fold-script.js';
export { containsPhrase, phrasesOf, PHRASE_CHARACTERS_MAX, PHRASES_MAX } from './find-phrases.js';
export { editDistanceAtMost } from './edit-distance.js';
export { surfaceWords, type SurfaceWord } from './surface-words.js';
export { sentences, type Span } from './split-sentences.js';
export { dominantLanguage } from './dominant-language.js';
export { joinPiece } from './join-piece.js';
