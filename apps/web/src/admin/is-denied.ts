import { ApiProblem } from '../kit/problem.js';

/** Whoever leaves the group may then read what it is denied: that has to be meant. */
export const isDenied = (error: unknown) =>
  error instanceof ApiProblem && error.problem.code === 'GROUP_DENIED';
