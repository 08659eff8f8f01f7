export { Zip, type UnpackLimits } from './zip.js';
export { type ZipEntry } from './read-directory.js';
export { ZipProblem, type ZipProblemCode } from './zip-problem.js';
