import { SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Popover } from '../kit/popover.js';
import { Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import type { AskOptions } from './draft-store.js';

const OptionFields = lazy(async () => ({ default: (await import('./option-fields.js')).OptionFields }));

interface Props {
  options: AskOptions;
  onChange: (options: AskOptions) => void;
}

/** Where to look and who answers; kept with the conversation. */
export function AskOptionsPopover({ options, onChange }: Props) {
  const { t } = useTexts();
  const chosen = options.collectionIds?.length ?? 0;
  const scope =
    options.documents === 'none'
      ? t('ask.options.noDocuments')
      : chosen > 0
        ? t('ask.options.collections', { count: chosen })
        : t('ask.options.allDocuments');
  return (
    <Popover
      label={t('ask.options.title')}
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`${t('ask.options.title')}${t('common.colon')}${scope}`}
          className="flex h-8 items-center gap-1.5 rounded-md px-2 text-13 text-text-2 hover:bg-surface-2 hover:text-text-0 data-[state=open]:bg-surface-2"
        >
          <SlidersHorizontal size={14} aria-hidden="true" />
          {scope}
        </button>
      }
    >
      <Suspense fallback={<Skeleton lines={5} />}>
        <OptionFields options={options} onChange={onChange} />
      </Suspense>
    </Popover>
  );
}
