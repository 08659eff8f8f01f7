import { useMemo } from 'react';
import { classNames } from '../kit/class-names.js';
import { splitTables } from '../kit/split-tables.js';

/** The text of a passage as it stands in the document; its tables as tables. */
export function PassageText({ content, wide }: { content: string; wide?: boolean | undefined }) {
  const parts = useMemo(() => splitTables(content), [content]);
  return (
    <div
      className={classNames('flex flex-col gap-3 break-words', wide ? 'reading' : 'text-14 leading-[1.6]')}
    >
      {parts.map((part, at) =>
        part.kind === 'text' ? (
          <p key={at} className="whitespace-pre-wrap">
            {part.text}
          </p>
        ) : (
          <PassageTable key={at} rows={part.rows} />
        ),
      )}
    </div>
  );
}

function PassageTable({ rows: [head, ...body] }: { rows: string[][] }) {
  return (
    <div className="max-w-full overflow-x-auto">
      <table className="text-13">
        <thead>
          <tr className="border-b border-line-strong/50 text-left align-bottom text-text-1">
            {head?.map((cell, at) => (
              <th key={at} scope="col" className="py-1 pr-4 font-semibold">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, at) => (
            <tr key={at} className="border-b border-line-strong/30 align-top last:border-b-0">
              {row.map((cell, column) => (
                <td key={column} className="py-1 pr-4">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
