import { jest } from '@jest/globals';

// Real programs on a machine that others share: what fails once is tried again, and named at the end of the run.
jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
