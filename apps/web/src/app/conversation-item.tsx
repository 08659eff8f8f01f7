import type { ConversationRow } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import { Braces, Download, Ellipsis, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { addressOf } from '../kit/call.js';
import { Menu, type MenuEntry } from '../kit/menu.js';
import { usePlainQuestion } from '../kit/question-text.js';

interface Props {
  row: ConversationRow;
  update: (change: { id: string; title?: string; pinned?: boolean }) => void;
  remove: (row: ConversationRow) => void;
}

/** Starts a download without leaving the page. */
function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

export function ConversationItem({ row, update, remove }: Props) {
  const { t } = useTexts();
  const title = usePlainQuestion()(row.title);
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const exportAs = (format: 'markdown' | 'json') =>
    download(addressOf('GET /api/conversations/:id/export', { params: { id: row.id }, query: { format } }));
  const entries: MenuEntry[] = [
    {
      kind: 'item',
      icon: <Pencil size={14} />,
      text: t('frame.conversation.rename'),
      onSelect: () => setRenaming(true),
    },
    {
      kind: 'item',
      icon: row.pinned ? <PinOff size={14} /> : <Pin size={14} />,
      text: t(row.pinned ? 'frame.conversation.unpin' : 'frame.conversation.pin'),
      onSelect: () => update({ id: row.id, pinned: !row.pinned }),
    },
    {
      kind: 'item',
      icon: <Download size={14} />,
      text: t('frame.conversation.exportMarkdown'),
      onSelect: () => exportAs('markdown'),
    },
    {
      kind: 'item',
      icon: <Braces size={14} />,
      text: t('frame.conversation.exportJson'),
      onSelect: () => exportAs('json'),
    },
    { kind: 'line' },
    {
      kind: 'item',
      icon: <Trash2 size={14} />,
      text: t('common.delete'),
      danger: true,
      onSelect: () => remove(row),
    },
  ];
  if (renaming) {
    return (
      <RenameInput
        title={row.title}
        onDone={(written) => {
          setRenaming(false);
          if (written !== null && written !== row.title) update({ id: row.id, title: written });
          requestAnimationFrame(() => link.current?.focus());
        }}
      />
    );
  }
  return (
    <div className="group relative h-8">
      <Link
        ref={link}
        to="/ask/{-$conversationId}"
        params={{ conversationId: row.id }}
        title={title}
        className="flex h-8 items-center rounded-md px-2 text-13 group-focus-within:pr-8 group-hover:pr-8 pointer-coarse:pr-8 text-text-1 hover:bg-surface-2 hover:text-text-0 aria-[current=page]:bg-surface-2 aria-[current=page]:text-text-0"
      >
        <span className="truncate">{title}</span>
      </Link>
      <Menu
        label={t('frame.conversation.menu', { title })}
        align="end"
        entries={entries}
        trigger={
          <button
            type="button"
            aria-label={t('frame.conversation.menu', { title })}
            className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-text-2 opacity-0 group-hover:opacity-100 hover:bg-line focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis size={15} aria-hidden="true" />
          </button>
        }
      />
    </div>
  );
}

function RenameInput({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const { t } = useTexts();
  const [value, setValue] = useState(title);
  const done = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The menu that was just closed hands its focus back first.
    const timer = setTimeout(() => {
      input.current?.focus();
      input.current?.select();
    });
    return () => clearTimeout(timer);
  }, []);
  const finish = (next: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(next?.trim() ? next.trim() : null);
  };
  return (
    <input
      aria-label={t('frame.conversation.rename')}
      ref={input}
      maxLength={200}
      value={value}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => document.hasFocus() && finish(value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(value);
        if (event.key === 'Escape') finish(null);
      }}
      className="h-8 w-full rounded-md border border-accent bg-surface-0 px-2 text-13"
    />
  );
}
