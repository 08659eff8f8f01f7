export { readIfPresent, readOrMake } from './read-or-make.js';
