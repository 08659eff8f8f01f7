export { QuestionPath } from './question-path.js';
export { QUESTION_PATH } from './steps.js';
export { questionPathConfigShape, type QuestionPathLimits } from './limits.js';
export type * from './question.js';
export type * from './ports.js';
