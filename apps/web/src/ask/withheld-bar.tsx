import { useTexts } from '../locales/use-texts.js';
import { useSources } from './sources-context.js';

/** Stands for what policy took out; its length says nothing about the length of what was there. */
export function WithheldBar() {
  const { t } = useTexts();
  const { reference } = useSources();
  const text = t('ask.withheld');
  return (
    <span
      title={reference ? `${text} · ${reference}` : text}
      className="mx-0.5 inline-block rounded-sm bg-surface-2 px-2 align-baseline text-12 leading-5 text-text-2"
    >
      {text}
      {reference && <span className="font-mono"> · {reference.slice(0, 8)}</span>}
    </span>
  );
}
