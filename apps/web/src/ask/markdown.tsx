import { ExternalLink, Unlink } from 'lucide-react';
import { memo, useMemo, type ReactNode } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import type { GroundednessMark } from '@lorekeep/contracts';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { Tooltip } from '../kit/tooltip.js';
import { Chip } from './chip.js';
import { useTexts } from '../locales/use-texts.js';
import { cutTextNodes } from './cut-text-nodes.js';
import { defuseLinks, SCHEMA } from './defuse-links.js';
import type { LinkFault } from './judge-link.js';
import { markSentences, marksWithin } from './mark-sentences.js';
import { keepReferences } from './keep-references.js';
import { showRawHtml } from './show-raw-html.js';
import { splitBlocks } from './split-blocks.js';
import { unturnNodes } from './unturn-nodes.js';
import { Unsupported } from './unsupported.js';
import { WithheldBar } from './withheld-bar.js';

interface Props {
  text: string;
  /** The numbers that have a source. */
  known: ReadonlySet<number>;
  /** Sentences that their sources do not support. */
  marks: readonly GroundednessMark[];
}

interface BlockProps extends Pick<Props, 'text' | 'known'> {
  /** Of this block, as text. */
  marks: string;
}

/** An answer's text. While it streams, only its last block is rendered again. */
export function Markdown({ text, known, marks }: Props) {
  const blocks = useMemo(() => placedBlocks(text), [text]);
  return (
    <div className="markdown reading">
      {blocks.map(({ block, start }, at) => (
        <Block key={at} text={block} known={known} marks={marksWithin(marks, start, start + block.length)} />
      ))}
    </div>
  );
}

function placedBlocks(text: string): { block: string; start: number }[] {
  let at = 0;
  return splitBlocks(text).map((block) => {
    const start = text.indexOf(block, at);
    at = start + block.length;
    return { block, start };
  });
}

const Block = memo(function Block({ text, known, marks }: BlockProps) {
  const plugins = useMemo<Plugins>(
    () => [
      showRawHtml,
      unturnNodes,
      defuseLinks(text),
      [rehypeSanitize, SCHEMA],
      markSentences(marks),
      cutTextNodes(known),
    ],
    [text, known, marks],
  );
  return (
    <div className="markdown-block markdown">
      <ReactMarkdown remarkPlugins={GFM} rehypePlugins={plugins} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

type Plugins = NonNullable<Options['rehypePlugins']>;

const GFM = [remarkGfm, keepReferences];

/** A link out is shown in full and marked: an answer may not hide where it leads. */
function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  if (!href || !/^(https?|mailto):/i.test(href)) return <>{children}</>;
  const shown = typeof children === 'string' && children === href;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
      {!shown && <span className="text-12"> ({href})</span>}
      <ExternalLink size={12} className="ml-0.5 inline align-baseline" aria-hidden="true" />
    </a>
  );
}

/** Its words, and where it would have led, as text: nothing is sent by a click, and nobody is led astray. */
function Defused({ fault, target, children }: { fault: LinkFault; target: string; children?: ReactNode }) {
  const { t } = useTexts();
  const reason = t(`ask.links.${fault}`);
  const shown = typeof children === 'string' && children === target;
  return (
    <span data-defused={fault}>
      {children}
      <span className="text-12 break-all text-text-2">
        {!shown && ` (${target})`}
        <Tooltip content={reason}>
          <span
            tabIndex={0}
            role="note"
            aria-label={reason}
            className="ml-1 inline-flex rounded-sm align-baseline"
          >
            <Unlink size={12} aria-hidden="true" />
            <span className="ml-0.5">{t('ask.links.removed')}</span>
          </span>
        </Tooltip>
      </span>
    </span>
  );
}

const COMPONENTS = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  // Never loaded: the address of a picture can carry what was read away from here.
  img: ({ alt }) => <em>{alt ? `[${alt}]` : ''}</em>,
  table: ({ children }) => (
    <div className="overflow-x-auto" tabIndex={0} role="group">
      <table>{children}</table>
    </div>
  ),
  'lk-defused': Defused,
  'lk-unsupported': Unsupported,
  'lk-chip': ({ number }: { number: number }) => <Chip number={Number(number)} />,
  'lk-withheld': () => <WithheldBar />,
} as Components;
