import { SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Popover } from '../kit/popover.js';
import { Skeleton } from '../kit/states.js';
import { useTexts, withDeskTexts } from '../locales/use-texts.js';
import type { AskOptions } from './draft-store.js';

const OptionFields = lazy(async () => ({
  default: (await withDeskTexts(import('./option-fields.js'))).OptionFields,
}));

interface Props {
  options: AskOptions;
  onChange: (options: AskOptions) => void;
}

/** Where to look and who answers; kept with the conversation. */
export function AskOptionsPopover({ options, onChange }: Props) {
  const { t } = useTexts();
  const { documents, collectionIds = [], ...others } = options;
  const chosen = collectionIds.length;
  const scope =
    documents === 'none'
      ? t('ask.options.noDocuments')
      : chosen > 0
        ? t('ask.options.collections', { count: chosen })
        : t('ask.options.allDocuments');
  const set = Object.keys(others).length;
  const shown = set === 0 ? scope : `${scope} · ${t('ask.options.changed', { count: set })}`;
  return (
    <Popover
      label={t('ask.options.title')}
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`${t('ask.options.title')}${t('common.colon')}${shown}`}
          className="flex h-8 items-center gap-1.5 rounded-md px-2 text-13 text-text-2 hover:bg-surface-2 hover:text-text-0 data-[state=open]:bg-surface-2"
        >
          <SlidersHorizontal size={14} aria-hidden="true" />
          {shown}
        </button>
      }
    >
      <Suspense fallback={<Skeleton lines={5} />}>
        <OptionFields options={options} onChange={onChange} />
      </Suspense>
    </Popover>
  );
}
