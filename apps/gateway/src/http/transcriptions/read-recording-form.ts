import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { transcriptionForm, TRANSCRIPTION_PROMPT_LIMIT, type TranscriptionForm } from '@lorekeep/contracts';
import { audioTypeOf, AUDIO_TYPES } from '@lorekeep/kit/audio';
import { RequestError } from '@lorekeep/kit/errors';
import type { Recording } from '@lorekeep/question-path';
import { parseForm } from '../../edge/input.decorator.js';
import type { EdgeRequest } from '../../edge/request.js';
import { brokenForm, invalidForm, nextPart, partsOf } from '../documents/read-form.js';

/** Fields in any order; bytes of one: the longest prompt in UTF-8, with room to say that it is too long. */
const LIMITS = { fields: 12, parts: 14, fieldSize: TRANSCRIPTION_PROMPT_LIMIT * 4 };
/** The one field that may be given several times. */
const LIST = 'timestamp_granularities[]';
/** Of a file's name, in UTF-16 units. */
const NAME_LIMIT = 255;

export interface RecordingForm {
  readonly fields: TranscriptionForm;
  readonly file: Pick<Recording, 'audio' | 'extension' | 'mediaType' | 'fileName' | 'sha256'>;
}

/**
 * Reads OpenAI's form: one `file`, and fields before or behind it, as clients send them.
 * @param maxBytes of the file
 * @throws RequestError 400, 413 (too large) or 415 (no form, or no recording)
 */
export async function readRecordingForm(request: EdgeRequest, maxBytes: number): Promise<RecordingForm> {
  const parts = partsOf(request, maxBytes, 'model and file', LIMITS);
  const given = new Map<string, string | string[]>();
  let file: RecordingForm['file'] | undefined;
  for (let part = await nextPart(parts); part !== undefined; part = await nextPart(parts)) {
    if (part.type === 'field') {
      takeField(given, part.fieldname, part.value);
    } else if (part.fieldname === 'file' && file === undefined) {
      file = await readFile(part.file, nameOf(part.filename), maxBytes);
    } else {
      part.file.resume();
      throw invalidForm('The form must have one file, in the field named file.');
    }
  }
  if (file === undefined) throw invalid('file', 'The form has no file.');
  const fields = parseForm(transcriptionForm, Object.fromEntries(given));
  const isVerbose = fields.response_format === 'verbose_json';
  if (isVerbose && fields.stream === 'true')
    throw invalid('stream', 'A transcript with segments (verbose_json) is not streamed.');
  if (!isVerbose && fields[LIST]) throw invalid(LIST, 'Only verbose_json has the times of segments.');
  return { fields, file };
}

function takeField(given: Map<string, string | string[]>, name: string, value: unknown): void {
  const text = typeof value === 'string' ? value : '';
  const before = given.get(name);
  if (name === LIST) given.set(name, [...(before ?? []), text]);
  else if (before === undefined) given.set(name, text);
  else throw invalid(name, `The form has more than one ${name.slice(0, 50)}.`);
}

async function readFile(
  source: Readable,
  fileName: string,
  maxBytes: number,
): Promise<RecordingForm['file']> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      hash.update(chunk);
    }
  } catch {
    // The sender went away, or the form ends in the middle of its file.
    throw brokenForm();
  }
  if ((source as Readable & { truncated?: boolean }).truncated)
    throw new RequestError(413, 'BODY_TOO_LARGE', `A recording may have ${maxBytes} bytes.`, [
      { path: 'file', message: `at most ${maxBytes} bytes` },
    ]);
  const audio = Buffer.concat(chunks);
  const type = audioTypeOf(audio);
  if (!type) throw unknownType();
  return { audio, ...type, fileName, sha256: hash.digest('hex') };
}

/** Without it there is nothing to screen; sound text, as everything that is kept. */
function nameOf(given: string | undefined): string {
  const name = (given ?? '').replaceAll('\0', '').toWellFormed().slice(0, NAME_LIMIT).toWellFormed();
  return name.trim() === '' ? 'recording' : name;
}

function unknownType(): RequestError {
  const known = AUDIO_TYPES.map(({ extension }) => extension).join(', ');
  const message = `The file is not a recording in one of the formats ${known}.`;
  return new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', message, [{ path: 'file', message }]);
}

function invalid(path: string, message: string): RequestError {
  return new RequestError(400, 'INVALID_REQUEST', message, [{ path, message }]);
}
