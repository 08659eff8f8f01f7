import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { classNames } from './class-names.js';

export interface FieldProps {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

interface Props {
  label: string;
  hint?: ReactNode;
  error?: string | null | undefined;
  children: (field: FieldProps) => ReactNode;
  className?: string;
}

/** Label, control, hint and error, tied together for those who do not see them. */
export function Field({ label, hint, error, children, className }: Props) {
  const id = useId();
  const field: FieldProps = { id };
  if (error) field['aria-invalid'] = true;
  if (error || hint) field['aria-describedby'] = `${id}-note`;
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-13 font-medium text-text-0">
        {label}
      </label>
      {children(field)}
      {(error || hint) && (
        <p id={`${id}-note`} className={classNames('text-12', error ? 'text-bad' : 'text-text-2')}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

const BOX =
  'min-w-0 rounded-md border border-line-strong/60 bg-surface-0 text-14 text-text-0 focus-visible:outline-offset-0 aria-invalid:border-bad disabled:opacity-60';

/** `fit`: as wide as its content, or as its place in a row says. */
interface Fit {
  fit?: boolean;
}

export function Input({
  className,
  fit,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & Fit & { ref?: Ref<HTMLInputElement> }) {
  return <input {...rest} className={classNames(BOX, 'h-9 px-3', !fit && 'w-full', className)} />;
}

export function TextArea({
  className,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea {...rest} className={classNames(BOX, 'w-full resize-y px-3 py-2', className)} />;
}

/** Browsers keep room for their arrow themselves. */
export function Select({ className, fit, ...rest }: SelectHTMLAttributes<HTMLSelectElement> & Fit) {
  return <select {...rest} className={classNames(BOX, 'h-9 px-2', !fit && 'w-full', className)} />;
}

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  label: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={classNames('flex items-start gap-2 text-14', className)}>
      <input {...rest} type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" />
      <span className="min-w-0">
        <span className="block break-words">{label}</span>
        {hint && <span className="block text-12 text-text-2">{hint}</span>}
      </span>
    </label>
  );
}
