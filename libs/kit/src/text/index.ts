export { analyze, ANALYZER_VERSION } from './analyze-text.js';
export { TERM_LENGTH_MAX } from './term-of-word.js';
export { toSimplified } from './fold-script.js';
export { sentences, type Span } from './split-sentences.js';
export { dominantLanguage } from './dominant-language.js';
