import * as Radix from '@radix-ui/react-dropdown-menu';
import { Check } from 'lucide-react';
import { classNames } from './class-names.js';
import type { MenuEntry, MenuProps } from './menu.js';

const ITEM =
  'flex h-8 items-center gap-2 rounded-sm px-2 text-13 text-text-0 outline-none select-none data-highlighted:bg-surface-2 data-disabled:opacity-50';

/** The menu itself, open from the start: a click has asked for it. */
export function MenuPanel({ trigger, label, entries, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Radix.Root defaultOpen modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="appear z-50 max-h-[80vh] min-w-44 overflow-y-auto rounded-md border bg-surface-0 p-1 shadow-float"
        >
          {entries.map((entry, at) => (
            <Entry key={at} entry={entry} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'line':
      return <Radix.Separator className="my-1 h-px bg-line" />;
    case 'note':
      return (
        <Radix.Label className="max-w-60 truncate px-2 py-1.5 text-12 text-text-2">{entry.text}</Radix.Label>
      );
    case 'choice':
      return <Choice entry={entry} />;
    case 'item':
      return (
        <Radix.Item
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
          className={classNames(ITEM, entry.danger && 'text-bad')}
        >
          <span className="flex w-4 justify-center">{entry.icon}</span>
          {entry.text}
        </Radix.Item>
      );
  }
}

/** One of a few, ticked; choosing leaves the menu open, to see what it does. */
function Choice({ entry }: { entry: Extract<MenuEntry, { kind: 'choice' }> }) {
  return (
    <Radix.RadioGroup value={entry.value} onValueChange={entry.onChange} aria-label={entry.label}>
      <Radix.Label className="px-2 pt-2 pb-1 text-12 text-text-2">{entry.label}</Radix.Label>
      {entry.choices.map((choice) => (
        <Radix.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className={ITEM}
          lang={choice.lang}
        >
          <span className="flex w-4 justify-center">
            <Radix.ItemIndicator>
              <Check size={14} />
            </Radix.ItemIndicator>
          </span>
          {choice.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
