import { Parser } from 'htmlparser2';
import { SourceProblem } from '../sources.errors.js';

export interface BucketObject {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
  readonly modified: string;
}

export interface BucketPage {
  readonly objects: readonly BucketObject[];
  /** Null: the last page. */
  readonly next: string | null;
}

/** An answer of ListObjectsV2 with `encoding-type=url`. Throws SourceProblem DAMAGED where it is not one. */
export function readPage(xml: string): BucketPage {
  const objects: BucketObject[] = [];
  const fields = new Map<string, string>();
  let item: Map<string, string> | null = null;
  let text = '';
  let closed = false;
  const parser = new Parser(
    {
      onopentag: (name) => {
        text = '';
        if (name === 'Contents') item = new Map();
      },
      ontext: (part) => (text += part),
      onclosetag: (name, implied) => {
        if (name === 'ListBucketResult') closed = !implied;
        else if (name === 'Contents' && item) {
          objects.push(objectOf(item));
          item = null;
        } else (item ?? fields).set(name, text.trim());
        text = '';
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  parser.end();
  // An answer that ends early would look like deletions.
  if (!closed) throw new SourceProblem('SOURCE_DAMAGED');
  const truncated = fields.get('IsTruncated') === 'true';
  const next = fields.get('NextContinuationToken');
  if (truncated && !next) throw new SourceProblem('SOURCE_DAMAGED');
  return { objects, next: truncated ? (next ?? null) : null };
}

function objectOf(fields: Map<string, string>): BucketObject {
  const key = fields.get('Key');
  const size = Number(fields.get('Size') ?? Number.NaN);
  if (!key || !Number.isSafeInteger(size)) throw new SourceProblem('SOURCE_DAMAGED');
  try {
    return {
      key: decodeURIComponent(key.replaceAll('+', ' ')),
      etag: fields.get('ETag') ?? '',
      size,
      modified: fields.get('LastModified') ?? '',
    };
  } catch (cause) {
    throw new SourceProblem('SOURCE_DAMAGED', undefined, { cause });
  }
}

/** The code of an error answer: `NoSuchBucket`, `SignatureDoesNotMatch`. */
export const errorCode = (xml: string): string => /<Code>([A-Za-z0-9.]{1,100})<\/Code>/.exec(xml)?.[1] ?? '';
