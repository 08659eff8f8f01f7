import { useMay } from '../app/person.js';
import { SectionLinks } from '../kit/page.js';
import { useTexts } from '../locales/use-texts.js';

/** Collections are for those who may change them. */
export function DocumentSections() {
  const { t } = useTexts();
  const mayWrite = useMay()('documents.write');
  if (!mayWrite) return <div />;
  const links = [
    { to: '/documents', text: t('documents.title') },
    { to: '/collections', text: t('documents.collections.title') },
  ];
  return <SectionLinks label={t('documents.title')} links={links} />;
}
