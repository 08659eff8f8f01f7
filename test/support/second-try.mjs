import { jest } from '@jest/globals';

// Machines are shared with others: what fails once is tried again, and named at the end of the run.
jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
