import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { classNames } from './class-names.js';
import { useTitle } from './use-title.js';

/** A page of work: title, acts at the right, content below; the content scrolls. */
export function Page({
  title,
  actions,
  children,
  note,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div className="scroller h-full">
      <div className="mx-auto flex min-h-full w-full max-w-[1160px] flex-col gap-4 px-4 py-5 sm:px-6">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <div className={classNames('flex-1', note ? 'min-w-[min(100%,20rem)]' : 'min-w-0')}>
            <h1 className="text-20 font-semibold">{title}</h1>
            {note && <p className="mt-0.5 max-w-[75ch] text-13 text-text-2">{note}</p>}
          </div>
          {actions}
        </div>
        {children}
      </div>
    </div>
  );
}

/** Links to the parts of a page; a row that scrolls sideways where it does not fit. */
export function SectionLinks({
  label,
  links,
}: {
  label: string;
  links: readonly { to: string; text: string }[];
}) {
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => {
    // On a narrow screen the one that is open may lie beyond the edge.
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="flex shrink-0 gap-1 overflow-x-auto border-b px-3 py-1.5 sm:px-5"
    >
      {links.map((link) => (
        <Link
          key={link.to}
          to={link.to}
          className="rounded-md px-2.5 py-1 text-13 whitespace-nowrap text-text-1 hover:bg-surface-2 hover:text-text-0 aria-[current=page]:bg-surface-2 aria-[current=page]:font-medium aria-[current=page]:text-text-0"
        >
          {link.text}
        </Link>
      ))}
    </nav>
  );
}
