import type { Texts } from '../locales/translate.js';
import { useTexts } from '../locales/use-texts.js';

/** How a text was read: `base64+rot13`, from the outside in; what has no text stands as the firewall calls it. */
export function useViewName(): (view: string) => string {
  const { t } = useTexts();
  const nameOf = (kind: string): string => {
    const key = `firewall.views.${kind as keyof Texts['firewall']['views']}` as const;
    const name = t(key);
    return name === key ? kind : name;
  };
  return (view) => view.split('+').map(nameOf).join(' + ');
}
