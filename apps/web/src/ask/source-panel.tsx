import type { Citation } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import { ArrowUpRight, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { PASSAGES } from '../documents/passage-list.js';
import { PassageViewer } from '../documents/passage-viewer.js';
import { rememberQuoting } from '../documents/quoting-answer.js';
import { IconButton } from '../kit/button.js';
import { Foreign } from '../kit/foreign.js';
import { Tooltip } from '../kit/tooltip.js';
import { PanelEdge } from './panel-edge.js';

interface Props {
  citation: Citation;
  /** The text that cites it. */
  answer: string;
  width: number;
  onWidth: (width: number) => void;
  onClose: () => void;
}

/** The document beside the answer, at the passage; a page of its own on a narrow screen. */
export function SourcePanel({ citation, answer, width, onWidth, onClose }: Props) {
  const { t } = useTexts();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The text takes the keys for the next and the previous passage; until it is here, the title stands for it.
    const text = panel.current?.querySelector<HTMLElement>(`[${PASSAGES}]`);
    (text ?? heading.current)?.focus({ preventScroll: true });
  }, [citation]);
  return (
    <aside
      ref={panel}
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
            <Foreign text={citation.title} />
          </h2>
          <p className="text-12 text-text-2">{citation.collection}</p>
        </div>
        <Tooltip content={t('ask.panel.openDocument')}>
          <Link
            to="/documents/$documentId"
            params={{ documentId: citation.documentId }}
            search={{ passage: citation.passageId }}
            onClick={() => rememberQuoting(citation.passageId, answer)}
            aria-label={t('ask.panel.openDocument')}
            className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-text-1 hover:bg-surface-2 hover:text-text-0"
          >
            <ArrowUpRight size={16} aria-hidden="true" />
          </Link>
        </Tooltip>
        <IconButton label={t('ask.panel.close')} icon={<X size={16} />} onClick={onClose} />
      </header>
      <PassageViewer documentId={citation.documentId} passageId={citation.passageId} answer={answer} />
    </aside>
  );
}
