import { Upload } from 'lucide-react';
import type { FieldProps } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';

interface Props extends FieldProps {
  file: File | null;
  onChoose: (file: File | null) => void;
}

/** A choice of one file; the browser's own would speak its language, not that of the page. */
export function FileChoice({ file, onChoose, ...field }: Props) {
  const { t } = useTexts();
  return (
    <div className="relative flex items-center gap-3 rounded-md text-13 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent">
      <input
        {...field}
        type="file"
        onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
        className="peer absolute inset-0 w-full cursor-pointer opacity-0"
      />
      <span className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md border border-line-strong/60 px-3 font-medium peer-hover:bg-surface-1">
        <Upload size={14} aria-hidden="true" />
        {t('scanner.lists.choose')}
      </span>
      <span className="min-w-0 truncate text-text-2">{file?.name ?? t('scanner.lists.noFile')}</span>
    </div>
  );
}
