import { ExternalLink } from 'lucide-react';
import { memo, useMemo, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { Chip } from './chip.js';
import { cutTextNodes } from './cut-text-nodes.js';
import { splitBlocks } from './split-blocks.js';
import { WithheldBar } from './withheld-bar.js';

interface Props {
  text: string;
  /** The numbers that have a source. */
  known: ReadonlySet<number>;
}

/** An answer's text. While it streams, only its last block is rendered again. */
export function Markdown({ text, known }: Props) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  return (
    <div className="markdown reading">
      {blocks.map((block, at) => (
        <Block key={at} text={block} known={known} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text, known }: Props) {
  const plugins = useMemo(() => [rehypeSanitize, cutTextNodes(known)], [known]);
  return (
    <div className="markdown-block markdown">
      <ReactMarkdown remarkPlugins={GFM} rehypePlugins={plugins} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

const GFM = [remarkGfm];

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

const COMPONENTS = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  // Never loaded: the address of a picture can carry what was read away from here.
  img: ({ alt }) => <em>{alt ? `[${alt}]` : ''}</em>,
  table: ({ children }) => (
    <div className="overflow-x-auto" tabIndex={0} role="group">
      <table>{children}</table>
    </div>
  ),
  'lk-chip': ({ number }: { number: number }) => <Chip number={Number(number)} />,
  'lk-withheld': () => <WithheldBar />,
} as Components;
