import { Fragment, useMemo, type ReactNode } from 'react';
import { classNames } from '../kit/class-names.js';
import { unturned } from '../kit/unturned.js';
import { splitTables, type Span } from '../kit/split-tables.js';
import { mailFields } from './mail-fields.js';
import { MailHead } from './mail-head.js';
import { PassageTable } from './passage-table.js';

interface Props {
  content: string;
  wide?: boolean | undefined;
  /** What of it is quoted, in order. */
  quotes?: readonly Span[] | undefined;
}

const NONE: readonly Span[] = [];

/** The text of a passage as it stands in the document: tables as tables, the head of a mail as its fields. */
export function PassageText({ content: written, wide, quotes = NONE }: Props) {
  const content = unturned(written);
  const parts = useMemo(() => splitTables(content), [content]);
  return (
    <div
      lang={languageOf(content)}
      className={classNames(
        '@container flex flex-col gap-3 break-words',
        wide ? 'reading' : 'text-14 leading-[1.6]',
      )}
    >
      {parts.map((part, at) => {
        if (part.kind === 'table')
          return <PassageTable key={at} head={part.head} rows={part.rows} quotes={quotes} />;
        const { fields, rest } = mailFields(part.text);
        const start = part.start + part.text.length - rest.length;
        return (
          <Fragment key={at}>
            {fields.length > 0 && <MailHead fields={fields} />}
            {rest !== '' && (
              <p dir="auto" className="whitespace-pre-wrap">
                {marked(rest, start, quotes)}
              </p>
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

/** The text with what is quoted of it marked; `start`: where it stands in the passage. */
function marked(text: string, start: number, quotes: readonly Span[]): ReactNode {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const quote of quotes) {
    const [from, to] = [Math.max(at, quote.start - start), Math.min(text.length, quote.end - start)];
    if (to <= from) continue;
    nodes.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return nodes.length === 0 ? text : [...nodes, text.slice(at)];
}

/** Documents and page need not be in one language: fonts, line height and voice follow the text. */
function languageOf(text: string): string | undefined {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN';
  const other = /[^\P{L}\p{Script=Latin}]/u.test(text);
  return !other && /\p{L}/u.test(text) ? 'en' : undefined;
}
