import type { DocumentRow, PassageRow } from '@lorekeep/contracts';
import type { Translate } from '../locales/translate.js';

const SLIDES = /presentation|powerpoint/;

type Paged = Pick<DocumentRow, 'mediaType' | 'pages'>;
const hasSlides = ({ mediaType }: Paged) => SLIDES.test(mediaType);

/** "page 3 of 20", "slide 3 of 20"; empty for what has no pages. */
export function pageOf(t: Translate, document: Paged, page: number | null): string {
  if (page === null) return '';
  const { pages } = document;
  if (hasSlides(document))
    return pages === null ? t('viewer.slide', { page }) : t('viewer.slideOf', { page, pages });
  return pages === null ? t('viewer.page', { page }) : t('viewer.pageOf', { page, pages });
}

/** "p. 3", "Slide 3". */
export function pageShort(t: Translate, document: Paged, { page }: Pick<PassageRow, 'page'>): string {
  if (page === null) return '';
  return t(hasSlides(document) ? 'viewer.slideShort' : 'viewer.pageShort', { page });
}
