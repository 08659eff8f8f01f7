import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { useFocusReturn } from './use-focus-return.js';
import { IconButton } from './button.js';
import { classNames } from './class-names.js';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  /** Cannot be closed by Esc or by clicking beside it. */
  persistent?: boolean;
}

const stay = (event: Event) => event.preventDefault();

/** A dialog in the middle; a sheet from below on a phone. Focus is kept inside and returned. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  wide,
  persistent,
}: Props) {
  const { t } = useTexts();
  const focus = useFocusReturn(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="appear fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...focus}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          {...(persistent ? { onEscapeKeyDown: stay, onInteractOutside: stay } : {})}
          className={classNames(
            'appear fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] flex-col rounded-t-md border bg-surface-0 shadow-float sm:inset-auto sm:top-[12vh] sm:left-1/2 sm:max-h-[76vh] sm:-translate-x-1/2 sm:rounded-md',
            wide ? 'sm:w-[min(720px,calc(100vw-32px))]' : 'sm:w-[min(460px,calc(100vw-32px))]',
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-3">
            <Radix.Title className="min-w-0 flex-1 text-16 font-semibold break-words">{title}</Radix.Title>
            {!persistent && (
              <Radix.Close asChild>
                <IconButton
                  label={t('common.close')}
                  icon={<X size={16} />}
                  tooltip={false}
                  className="-mt-1 -mr-2"
                />
              </Radix.Close>
            )}
          </div>
          <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 pb-5">
            {description !== undefined && (
              <Radix.Description asChild>
                <div className="text-14 text-text-1">{description}</div>
              </Radix.Description>
            )}
            {children}
          </div>
          {footer && <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
