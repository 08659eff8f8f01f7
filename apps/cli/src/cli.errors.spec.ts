import { describe, expect, it } from '@jest/globals';
import { Fault, RequestError } from '@lorekeep/kit/errors';
import { CliError, sentenceOf } from './cli.errors.js';

const withCode = (code: string, more: object = {}) => Object.assign(new Error('raw'), { code, ...more });

describe('sentenceOf', () => {
  it.each([
    [withCode('ENOSPC'), /disk is full.*DATA_DIR/],
    [withCode('EACCES', { path: '/x' }), /change its owner.*\(\/x\)\.$/],
    [withCode('ECONNREFUSED'), /DATABASE_URL/],
    [withCode('28P01'), /password/],
    [
      new RequestError(400, 'X', 'Not valid.', [{ path: 'email', message: 'is required' }]),
      /^Not valid\. \(email is required\)$/,
    ],
    [new Fault('AUTH_UNAVAILABLE', 'Later.'), /^Later\. \(AUTH_UNAVAILABLE\)$/],
    [new CliError('Do this.'), /^Do this\.$/],
    [new Error('unexpected'), /^unexpected$/],
    ['text', /^text$/],
  ])('%s', (error, sentence) => {
    expect(sentenceOf(error)).toMatch(sentence);
  });
});
