import { Refusal } from '@lorekeep/kit/errors';

/** Every reason for which a file is not taken, with the sentence that people read. */
export const DOCUMENT_REASONS = {
  DOCUMENT_NAME_INVALID: 'The file needs a name of at most 255 characters.',
  DOCUMENT_COLLECTION_MISSING: 'There is no such collection, or no such folder in it.',
  DOCUMENT_EMPTY: 'The file is empty.',
  DOCUMENT_TOO_LARGE: 'The file is larger than the limit.',
  DOCUMENT_INCOMPLETE: 'The upload ended before the file was complete. Send it again.',
  DOCUMENT_TYPE_UNSUPPORTED:
    'This kind of file is not supported. Supported are PDF, DOCX, XLSX, PPTX, HTML, Markdown, text, CSV, XML, EML, MSG, and ZIP of those.',
  DOCUMENT_TYPE_MISMATCH: 'The file is not what its name says.',
  DOCUMENT_ENCRYPTED: 'The file is protected with a password. Remove the protection and upload it again.',
  DOCUMENT_DAMAGED: 'The file is damaged and cannot be read.',
  DOCUMENT_SCANNED:
    'The file holds scanned images without text. Run text recognition (OCR) on it and upload it again.',
  DOCUMENT_NO_TEXT: 'The file holds no text.',
  DOCUMENT_TOO_MANY_PAGES: 'The file has more pages than the limit.',
  DOCUMENT_TOO_MUCH_TEXT: 'The file holds more text than the limit. Split it and upload the parts.',
  DOCUMENT_UNPACKS_TOO_LARGE: 'The file unpacks to far more than its size, as files made to do harm do.',
  DOCUMENT_TOO_MANY_ENTRIES: 'The file packs more files than the limit.',
  DOCUMENT_CONTAINS_ITSELF: 'The file contains itself.',
  DOCUMENT_PATH_INVALID: 'Its path is too long or leads out of the file.',
  DOCUMENT_NOTHING_READABLE: 'Nothing in the file can be read.',
  DOCUMENT_HOSTILE: 'The file holds constructs that only files made to do harm have.',
  DOCUMENT_TOO_NESTED: 'The file is nested too deeply.',
  DOCUMENT_TOO_SLOW: 'Reading the file took longer than the limit.',
  DOCUMENT_TOO_MUCH_MEMORY: 'Reading the file took more memory than the limit.',
  DOCUMENT_FAILED: 'The file could not be processed. Try again later.',
  DOCUMENT_QUARANTINED:
    'The text looks like an attempt to steer the assistant or like a leaked secret. An administrator can release it.',
} as const;

export type DocumentCode = keyof typeof DOCUMENT_REASONS;

const STATUS: Partial<Record<DocumentCode, number>> = {
  DOCUMENT_COLLECTION_MISSING: 404,
  DOCUMENT_TOO_LARGE: 413,
  DOCUMENT_TYPE_UNSUPPORTED: 415,
  DOCUMENT_TYPE_MISMATCH: 415,
  DOCUMENT_INCOMPLETE: 400,
  DOCUMENT_NAME_INVALID: 400,
};

/** A file that is not taken at the door. `detail` names what was expected or found, never content. */
export function documentRefusal(
  code: DocumentCode,
  detail?: string,
  facts?: Record<string, string | number | boolean | null>,
): Refusal {
  return new Refusal({
    step: 'retrieval',
    code,
    text: sentence(code, detail),
    status: STATUS[code] ?? 422,
    ...(facts ? { facts } : {}),
  });
}

export const sentence = (code: DocumentCode, detail?: string): string =>
  detail ? `${DOCUMENT_REASONS[code]} ${detail}` : DOCUMENT_REASONS[code];

/** A file that cannot be taken, found while it was read. Not a fault: it ends as the document's state. */
export class UnreadableDocument extends Error {
  constructor(
    readonly code: DocumentCode,
    /** A further sentence, without content of the file. */
    readonly detail?: string,
  ) {
    super(code);
    this.name = 'UnreadableDocument';
  }
}
