import type { Multipart, MultipartFile } from '@fastify/multipart';
import { id as uuid } from '@lorekeep/contracts';
import { RequestError } from '@lorekeep/kit/errors';
import type { EdgeRequest } from '../../edge/request.js';

/** Two fields and one file; whatever comes beyond them is noticed and refused. Bytes of a field: a uuid. */
const FORM = { files: 2, fields: 4, parts: 5, fieldSize: 100, fieldNameSize: 50, headerPairs: 20 };

export interface FileForm {
  readonly fileName: string;
  /** Fails at its end where the form goes on after the file, before anything was stored. */
  readonly content: AsyncIterable<Uint8Array>;
  /** Why `content` failed, where the form was at fault. */
  mistake: RequestError | undefined;
}

export interface UploadForm extends FileForm {
  readonly collectionId: string;
  readonly folderId: string | undefined;
}

/** What may stand before the file, and how an error names it. */
const FIELDS = { collectionId: 'collection', folderId: 'folder' } as const;

/** Reads a form up to the beginning of its file: `collectionId`, perhaps `folderId`, then `file`, then nothing. */
export async function readForm(request: EdgeRequest, fileSize: number): Promise<UploadForm> {
  const parts = partsOf(request, fileSize, 'collectionId, perhaps folderId, and then file');
  const ids = new Map<string, string>();
  for (;;) {
    const part = await nextPart(parts);
    if (part === undefined) throw invalidForm('The form has no file.');
    if (part.type === 'field') {
      readField(ids, part.fieldname, part.value);
      continue;
    }
    if (part.fieldname !== 'file') throw drop(part, 'The file must be in the field named file.');
    const collectionId = ids.get('collectionId');
    if (collectionId === undefined) {
      throw drop(part, 'The field collectionId must come before the file and name a collection.');
    }
    return Object.assign(formOf(part, parts), { collectionId, folderId: ids.get('folderId') });
  }
}

function readField(ids: Map<string, string>, field: string, value: unknown): void {
  if (field !== 'collectionId' && field !== 'folderId')
    throw invalidForm('The form has a field other than collectionId and folderId.');
  if (ids.has(field)) throw invalidForm(`The form names more than one ${FIELDS[field]}.`);
  const id = uuid.safeParse(value).data;
  if (id === undefined) throw invalidForm(`The field ${field} must hold the id of a ${FIELDS[field]}.`);
  ids.set(field, id);
}

/** A form that is one `file` and nothing else. */
export async function readFileForm(request: EdgeRequest, fileSize: number): Promise<FileForm> {
  const parts = partsOf(request, fileSize, 'file');
  const part = await nextPart(parts);
  if (part === undefined) throw invalidForm('The form has no file.');
  if (part.type === 'field') throw invalidForm('The form has a field beside its file.');
  if (part.fieldname !== 'file') throw drop(part, 'The file must be in the field named file.');
  return formOf(part, parts);
}

/** The parts of a form, within limits. @param own where they are not those of an upload */
export function partsOf(
  request: EdgeRequest,
  fileSize: number,
  fields: string,
  own: Partial<typeof FORM> = {},
): Parts {
  if (!request.isMultipart())
    throw new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', `Send multipart/form-data with ${fields}.`);
  return request.parts({ limits: { ...FORM, ...own, fileSize } });
}

/** The file that was reached; it fails at its end where the form goes on. */
export function formOf(part: MultipartFile, parts: Parts): FileForm {
  const form: FileForm = {
    fileName: part.filename ?? '',
    content: whole(),
    mistake: undefined,
  };
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* part.file as AsyncIterable<Uint8Array>;
    try {
      const more = part.file.truncated ? undefined : await nextPart(parts);
      if (more === undefined) return;
      if (more.type === 'file') more.file.resume();
      form.mistake = invalidForm('The form must end with its one file; upload others one by one.');
    } catch (error) {
      form.mistake = error as RequestError;
    }
    throw form.mistake;
  }
  return form;
}

type Parts = AsyncIterableIterator<Multipart>;

/** The next part, or none; a form that cannot be read is the caller's mistake. */
export async function nextPart(parts: Parts): Promise<Multipart | undefined> {
  try {
    const { done, value } = (await parts.next()) as IteratorResult<Multipart | undefined, undefined>;
    return done ? undefined : value;
  } catch {
    throw brokenForm();
  }
}

export function brokenForm(): RequestError {
  return invalidForm('The form is not complete, or is not well-formed multipart/form-data.');
}

function drop(part: MultipartFile, text: string): RequestError {
  part.file.resume();
  return invalidForm(text);
}

export function invalidForm(text: string): RequestError {
  return new RequestError(400, 'INVALID_REQUEST', text);
}
