import * as Radix from '@radix-ui/react-popover';
import type { PopoverProps } from './popover.js';

/** The panel itself, open from the start: a click has asked for it. */
export function PopoverPanel({ trigger, label, children, side = 'bottom' }: PopoverProps) {
  return (
    <Radix.Root defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="start"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="appear z-30 max-h-[min(85vh,var(--radix-popover-content-available-height))] w-80 max-w-[calc(100vw-16px)] overflow-y-auto rounded-md border bg-surface-0 p-4 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
