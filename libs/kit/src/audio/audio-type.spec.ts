import { describe, expect, it } from '@jest/globals';
import { audioTypeOf } from './audio-type.js';
import { silentRecording } from './silent-recording.js';

const file = (head: string) => Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(100)]);

describe('audioTypeOf', () => {
  it.each([
    ['RIFF\x24\x00\x00\x00WAVEfmt ', 'wav'],
    ['ID3\x04', 'mp3'],
    ['\xff\xfb\x90\x00', 'mp3'],
    ['\xff\xf3\x40\xc0', 'mp3'],
    ['fLaC\x00', 'flac'],
    ['OggS\x00', 'ogg'],
    ['\x00\x00\x00\x20ftypM4A ', 'm4a'],
    ['\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm', 'webm'],
  ])('knows %j', (head, extension) => {
    expect(audioTypeOf(file(head))?.extension).toBe(extension);
  });

  it.each([
    ['nothing', ''],
    ['a text', 'Hello, this is a recording.wav'],
    ['a picture in the same container as wav', 'RIFF\x24\x00\x00\x00WEBPVP8 '],
    ['a Matroska film', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska'],
    ['raw AAC', '\xff\xf1\x50\x80'],
    ['a layer that is reserved', '\xff\xf9\x00\x00'],
    ['a version that is reserved', '\xff\xeb\x90\x00'],
    ['a program', '\x7fELF\x02\x01'],
    ['a PDF', '%PDF-1.7'],
    ['an archive', 'PK\x03\x04'],
  ])('does not take %s for one', (_, head) => {
    expect(audioTypeOf(file(head))).toBeNull();
  });

  it.each([0, 1, 3])('does not read beyond %i bytes', (length) => {
    expect(audioTypeOf(Buffer.from('OggS').subarray(0, length))).toBeNull();
  });

  it('reads a view of a larger buffer where it begins', () => {
    const whole = Buffer.concat([Buffer.from('xxxx'), file('fLaC')]);
    expect(audioTypeOf(whole.subarray(4))?.extension).toBe('flac');
  });
});

describe('silentRecording', () => {
  it('is a WAV file whose header says what it holds', () => {
    const file = silentRecording(0.5);
    expect(audioTypeOf(file)?.extension).toBe('wav');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
    expect(file.readUInt32LE(40) / file.readUInt32LE(28)).toBe(0.5);
  });
});
