import type { Citation } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import { ArrowUpRight, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { PassageList } from '../documents/passage-list.js';
import { usePassages } from '../documents/use-passages.js';
import { IconButton } from '../kit/button.js';
import { ErrorState, Loading } from '../kit/states.js';
import { Tooltip } from '../kit/tooltip.js';
import { Place } from './chip.js';
import { PanelEdge } from './panel-edge.js';

interface Props {
  citation: Citation;
  width: number;
  onWidth: (width: number) => void;
  onClose: () => void;
}

/** The document beside the answer, at the passage; a page of its own on a narrow screen. */
export function SourcePanel({ citation, width, onWidth, onClose }: Props) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const passages = usePassages(citation.documentId);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [citation]);
  return (
    <aside
      aria-label={t('ask.panel.label')}
      className="fixed inset-0 z-30 flex flex-col bg-surface-0 lg:relative lg:inset-auto lg:z-0 lg:w-(--panel-width) lg:shrink-0 lg:border-l"
      style={{ '--panel-width': `${width}px` } as React.CSSProperties}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <PanelEdge width={width} onWidth={onWidth} />
      <header className="flex items-start gap-1 border-b py-2.5 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <h2 ref={heading} tabIndex={-1} className="text-14 font-semibold break-words outline-none">
            {citation.title}
          </h2>
          <p className="text-12 text-text-2">
            <Place citation={citation} />
          </p>
        </div>
        <Tooltip content={t('ask.panel.openDocument')}>
          <Link
            to="/documents/$documentId"
            params={{ documentId: citation.documentId }}
            search={{ passage: citation.passageId }}
            aria-label={t('ask.panel.openDocument')}
            className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-text-1 hover:bg-surface-2 hover:text-text-0"
          >
            <ArrowUpRight size={16} aria-hidden="true" />
          </Link>
        </Tooltip>
        <IconButton label={t('ask.panel.close')} icon={<X size={16} />} onClick={onClose} />
      </header>
      {passages.isPending && <Loading lines={8} className="p-4" />}
      {passages.isError && <ErrorState error={passages.error} onRetry={() => void passages.refetch()} />}
      {passages.data && (
        <PassageList
          key={citation.documentId}
          rows={passages.data.rows}
          highlighted={citation.passageId}
          label={citation.title}
        />
      )}
    </aside>
  );
}
