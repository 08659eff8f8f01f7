import * as Radix from '@radix-ui/react-tooltip';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.js';

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={150}>
    {children}
  </Radix.Provider>
);

interface Props {
  content: ReactNode;
  children: ReactElement;
  /** A card of text instead of a word or two. */
  wide?: boolean;
  side?: 'top' | 'bottom' | 'left' | 'right';
}

export function Tooltip({ content, children, wide, side = 'top' }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={classNames(
            'appear z-50 rounded-md shadow-float',
            wide
              ? 'w-80 max-w-[calc(100vw-16px)] border bg-surface-0 p-3 text-13 text-text-0'
              : 'bg-text-0 px-2 py-1 text-12 text-surface-0',
          )}
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
