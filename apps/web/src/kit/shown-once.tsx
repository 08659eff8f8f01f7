import { useTexts } from '../locales/use-texts.js';
import { CopyButton } from './copy-button.js';
import { Notice } from './states.js';

/** A secret that is shown this once and never again. */
export function ShownOnce({ value, note }: { value: string; note: string }) {
  const { t } = useTexts();
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2 rounded-md border bg-surface-1 p-2 pl-3">
        <code className="min-w-0 flex-1 font-mono text-13 break-all select-all">{value}</code>
        <CopyButton text={() => value} label={t('common.copy')} iconOnly />
      </div>
      <Notice tone="warn">{note}</Notice>
    </div>
  );
}
