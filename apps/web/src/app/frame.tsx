import { Outlet, useRouterState } from '@tanstack/react-router';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTexts, withDeskTexts } from '../locales/use-texts.js';
import { IconButton } from '../kit/button.js';
import { useMay } from './person.js';
import { OfflineNotice } from './offline-notice.js';
import { Sidebar } from './sidebar.js';
import { TopTabs } from './top-tabs.js';

const Sheet = lazy(async () => ({ default: (await import('../kit/sheet.js')).Sheet }));
const Palette = lazy(async () => ({ default: (await import('./palette.js')).Palette }));

const ModelNotice = lazy(async () => ({
  default: (await withDeskTexts(import('../admin/model-notice.js'))).ModelNotice,
}));

/** Left: where one was; top: what one may do; the rest belongs to the page. */
export function Frame() {
  const { t } = useTexts();
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const administers = useMay()('admin.settings');
  const place = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => setSheet(false), [place]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPalette(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] md:grid-cols-[256px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('frame.skip')}
      </a>
      <aside aria-label={t('frame.sidebar')} className="hidden min-h-0 border-r bg-surface-1 md:block">
        <Sidebar />
      </aside>
      <Suspense>
        {sheet && (
          <Sheet open onOpenChange={setSheet} title={t('frame.sidebar')}>
            <Sidebar />
          </Sheet>
        )}
      </Suspense>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[48px_auto_minmax(0,1fr)]">
        <header className="flex items-stretch gap-1 border-b px-2 sm:px-4">
          <IconButton
            label={t('frame.openSidebar')}
            icon={<MenuIcon size={17} />}
            className="self-center md:hidden"
            tooltip={false}
            onClick={() => setSheet(true)}
          />
          <TopTabs />
          <OfflineNotice />
          <button
            type="button"
            onClick={() => setPalette(true)}
            aria-keyshortcuts="Control+K Meta+K"
            className="flex h-8 items-center gap-2 self-center rounded-md border-line-strong/60 px-2 text-13 text-text-2 hover:bg-surface-2 hover:text-text-0 lg:border lg:pr-1.5"
          >
            <Search size={15} aria-hidden="true" />
            <span className="sr-only lg:not-sr-only">{t('frame.palette.short')}</span>
            <kbd
              className="hidden rounded-sm bg-surface-2 px-1.5 font-sans text-12 lg:inline"
              aria-hidden="true"
            >
              {SHORTCUT}
            </kbd>
          </button>
        </header>
        <div role="status">
          <Suspense>{administers && <ModelNotice />}</Suspense>
        </div>
        <main id="main" tabIndex={-1} className="min-h-0 outline-none">
          <Outlet />
        </main>
      </div>
      <Suspense>{palette && <Palette onClose={() => setPalette(false)} />}</Suspense>
    </div>
  );
}

const SHORTCUT = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';
