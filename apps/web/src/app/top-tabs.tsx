import { Link } from '@tanstack/react-router';
import { useTexts } from '../locales/use-texts.js';
import { useMay } from './person.js';
import { tabsFor } from './tabs.js';

/** On a narrow screen the tab that is open may lie beyond the edge. */
const showCurrent = (nav: HTMLElement | null) =>
  nav?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

export function TopTabs() {
  const { t } = useTexts();
  const may = useMay();
  return (
    <nav
      ref={showCurrent}
      aria-label={t('frame.tabs.label')}
      className="flex min-w-0 flex-1 items-stretch gap-0.5 overflow-x-auto [scrollbar-width:none]"
    >
      {tabsFor(may).map((tab) => (
        <Link
          key={tab.id}
          to={tab.to}
          params={{ conversationId: undefined, draftId: undefined }}
          activeOptions={{ exact: false }}
          className="flex items-center border-b-2 border-transparent px-2.5 text-14 whitespace-nowrap text-text-1 hover:text-text-0 focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text-0"
        >
          {t(`frame.tabs.${tab.id}`)}
        </Link>
      ))}
    </nav>
  );
}
