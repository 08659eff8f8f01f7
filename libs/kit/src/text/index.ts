export { analyze, TERM_LENGTH_MAX } from './analyze-text.js';
export { sentences, type Span } from './split-sentences.js';
export { dominantLanguage } from './dominant-language.js';
