import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { classNames } from './class-names.js';
import { Skeleton } from './states.js';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right, tabular. */
  numeric?: boolean;
  /** Holds a control: never cut off with an ellipsis. */
  control?: boolean;
  /** Widths, and what a narrow screen leaves out. */
  className?: string;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHeight?: number;
  loading?: boolean;
  empty: ReactNode;
  hasMore?: boolean;
  onMore?: () => void;
  selected?: (row: Row) => boolean;
}

const ROW_HEIGHT = 44;
/** Rows beyond the edge that are kept, so that fast scrolling shows no holes. */
const OVERSCAN = 12;

/** A real table of any length: only the rows in sight are in the document; more are fetched near the end. */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, rowHeight = ROW_HEIGHT, loading, hasMore, onMore } = props;
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && onMore && last >= rows.length - OVERSCAN) onMore();
  }, [hasMore, onMore, last, rows.length]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  if (!loading && rows.length === 0) return <div className="rounded-md border">{props.empty}</div>;
  return (
    // As high as its rows, at most as high as its place: so a short table is not a box of nothing.
    <div className="relative min-h-80 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={props.label}
        aria-busy={loading}
        className="absolute inset-x-0 top-0 max-h-full overflow-auto rounded-md border [scrollbar-width:thin]"
      >
        <table className="w-full table-fixed text-13" aria-rowcount={rows.length + 1}>
          <caption className="sr-only">{props.label}</caption>
          <thead className="sticky top-0 z-10 bg-surface-1 text-12 text-text-2">
            <tr>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={classNames(
                    'h-9 border-b px-3 font-medium',
                    column.numeric ? 'text-right' : 'text-left',
                    column.className,
                  )}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {loading && <LoadingRows columns={columns} height={rowHeight} label={t('common.loading')} />}
            {before > 0 && <Spacer height={before} />}
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <tr
                  key={props.rowKey(row)}
                  aria-rowindex={item.index + 2}
                  className={classNames(
                    'relative border-b last:border-b-0 hover:bg-surface-1 has-[:focus-visible]:bg-surface-1',
                    props.selected?.(row) && 'bg-accent-soft',
                  )}
                  style={{ height: rowHeight }}
                >
                  {columns.map((column) => (
                    <td
                      key={column.id}
                      className={classNames(
                        'px-3',
                        !column.control && 'truncate',
                        column.numeric && 'text-right tabular-nums',
                        column.className,
                      )}
                    >
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
            {after > 0 && <Spacer height={after} />}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** One cell alone: spanning columns that a narrow screen leaves out would bring them back. */
function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td style={{ height }} />
    </tr>
  );
}

function LoadingRows<Row>({
  columns,
  height,
  label,
}: {
  columns: readonly Column<Row>[];
  height: number;
  label: string;
}) {
  return Array.from({ length: 6 }, (_, row) => (
    <tr key={row} className="border-b last:border-b-0" style={{ height }}>
      {columns.map((column, at) => (
        <td key={column.id} className={classNames('px-3', column.className)}>
          {row === 0 && at === 0 && <span className="sr-only">{label}</span>}
          <Skeleton lines={1} />
        </td>
      ))}
    </tr>
  ));
}
