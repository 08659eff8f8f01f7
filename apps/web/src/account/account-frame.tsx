import { Outlet } from '@tanstack/react-router';
import { useTexts } from '../locales/use-texts.js';
import { useMay } from '../app/person.js';
import { SectionLinks } from '../kit/page.js';

export function AccountFrame() {
  const { t } = useTexts();
  const may = useMay();
  const links = [
    { to: '/account/profile', text: t('account.profile.title') },
    ...(may('keys') ? [{ to: '/account/keys', text: t('account.keys.title') }] : []),
    { to: '/account/sessions', text: t('account.sessions.title') },
  ];
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <SectionLinks label={t('account.sections')} links={links} />
      <Outlet />
    </div>
  );
}
