import type { Caller } from '@lorekeep/kit/context';

type Language = Caller['locale'];

/** No browser names more; the rest is not looked at. */
const RANGES_MAX = 20;
const LENGTH_MAX = 1_000;

/** The caller, with the language that the request asks for where the account has chosen none. */
export function spokenTo(caller: Caller, acceptLanguage: string | undefined): Caller {
  return caller.localeChosen === false ? { ...caller, locale: languageOf(acceptLanguage) } : caller;
}

/** The one of ours that `Accept-Language` (RFC 9110, 12.5.4) likes best; English where it names neither. */
export function languageOf(header = ''): Language {
  let best: { language: Language; weight: number } | undefined;
  for (const range of header.slice(0, LENGTH_MAX).split(',', RANGES_MAX)) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = ours(tag);
    const weight = weightOf(parameters);
    // Of equals the first counts.
    if (language && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? 'en';
}

function ours(tag: string): Language | undefined {
  const [primary] = tag.split('-');
  return primary === 'en' || primary === 'zh' ? primary : undefined;
}

function weightOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  if (given === undefined) return 1;
  const weight = Number(given.slice('q='.length));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
