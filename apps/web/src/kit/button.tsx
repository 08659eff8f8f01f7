import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import { classNames } from './class-names.js';
import { Tooltip } from './tooltip.js';

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';

const TONES: Record<ButtonTone, string> = {
  primary: 'bg-accent text-on-accent hover:brightness-110 border-transparent',
  secondary: 'bg-surface-0 text-text-0 border-line-strong/60 hover:bg-surface-1',
  quiet: 'text-text-1 border-transparent hover:bg-surface-2 hover:text-text-0',
  danger: 'bg-bad text-surface-0 hover:brightness-110 border-transparent',
};

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: ButtonTone;
  icon?: ReactNode;
  busy?: boolean | undefined;
  ref?: Ref<HTMLButtonElement>;
}

/** Off, it does nothing but keeps the focus: what it did is why it is off, and the keyboard would start over. */
export function Button({
  tone = 'secondary',
  icon,
  busy,
  className,
  children,
  disabled,
  onClick,
  type = 'button',
  ...rest
}: Props) {
  const isOff = disabled === true || busy === true;
  return (
    <button
      {...rest}
      type={type}
      onClick={isOff ? swallow : onClick}
      aria-disabled={isOff || undefined}
      aria-busy={busy === true || undefined}
      className={classNames(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-13 font-medium whitespace-nowrap transition-colors duration-100 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
        TONES[tone],
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}

/** A form is not sent by it either. */
function swallow(event: MouseEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

const ICON_TONES = {
  quiet:
    'text-text-1 hover:bg-surface-2 hover:text-text-0 aria-pressed:bg-accent-soft aria-pressed:text-accent',
  primary:
    'bg-accent text-on-accent hover:brightness-110 aria-disabled:bg-surface-2 aria-disabled:text-text-2',
  strong: 'bg-text-0 text-surface-0 hover:opacity-85',
  inverse: 'text-surface-0 focus-visible:outline-surface-0',
};

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: ReactNode;
  tone?: keyof typeof ICON_TONES;
  /** Without one where the label stands beside it anyway. */
  tooltip?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only an icon; its label is read out and shown on hover and focus. Off, it keeps the focus too. */
export function IconButton({
  label,
  icon,
  tone = 'quiet',
  tooltip = true,
  className,
  disabled,
  onClick,
  type = 'button',
  ...rest
}: IconProps) {
  const button = (
    <button
      {...rest}
      type={type}
      onClick={disabled === true ? swallow : onClick}
      aria-disabled={disabled === true || undefined}
      aria-label={label}
      className={classNames(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md transition-colors duration-100 aria-disabled:cursor-not-allowed',
        ICON_TONES[tone],
        className,
      )}
    >
      {icon}
    </button>
  );
  return tooltip ? <Tooltip content={label}>{button}</Tooltip> : button;
}
