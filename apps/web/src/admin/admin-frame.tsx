import { Outlet } from '@tanstack/react-router';
import { useMay } from '../app/person.js';
import { SectionLinks } from '../kit/page.js';
import { useTexts } from '../locales/use-texts.js';
import { ADMIN_SECTIONS } from './sections.js';

export function AdminFrame() {
  const { t } = useTexts();
  const may = useMay();
  const links = ADMIN_SECTIONS.filter((section) => may(section.permission)).map((section) => ({
    to: section.to,
    text: t(`admin.sections.${section.id}`),
  }));
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <SectionLinks label={t('frame.tabs.admin')} links={links} />
      <Outlet />
    </div>
  );
}
