import { useRef, type KeyboardEvent } from 'react';
import { classNames } from '../kit/class-names.js';

interface Props<Id extends string> {
  label: string;
  tabs: readonly { id: Id; text: string }[];
  active: Id;
  onChange: (id: Id) => void;
}

/** Tabs that arrow keys move among; in more than one row where they do not fit. */
export function TabList<Id extends string>({ label, tabs, active, onChange }: Props<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = (tabs.findIndex(({ id }) => id === active) + step + tabs.length) % tabs.length;
    const next = tabs[at];
    if (!next) return;
    event.preventDefault();
    onChange(next.id);
    list.current?.querySelectorAll('button')[at]?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      onKeyDown={move}
      className="flex shrink-0 flex-wrap gap-x-1 border-b"
    >
      {tabs.map(({ id, text }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === active}
          tabIndex={id === active ? 0 : -1}
          onClick={() => onChange(id)}
          className={classNames(
            'border-b-2 px-3 py-2 text-13 whitespace-nowrap focus-visible:-outline-offset-2',
            id === active ? 'border-accent font-medium text-text-0' : 'border-transparent text-text-1',
          )}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
