import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTexts } from '../locales/use-texts.js';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export function OfflineNotice() {
  const { t } = useTexts();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className="flex items-center">
      {!online && (
        <span
          title={t('frame.offlineText')}
          className="flex h-7 items-center gap-1.5 rounded-md bg-warn-soft px-2 text-12 font-medium text-warn"
        >
          <WifiOff size={14} aria-hidden="true" />
          {t('frame.offline')}
        </span>
      )}
    </div>
  );
}
