export interface SampleQuestion {
  text: string;
  language: 'en' | 'zh';
  /** Who can have it answered. */
  audience: string;
}

/**
 * What an empty conversation shows: three questions in the language of the page, of which one only the people of HR can
 * have answered, and one in the other language.
 */
export function chooseSuggestions(
  questions: readonly SampleQuestion[],
  language: SampleQuestion['language'],
): SampleQuestion[] {
  const own = questions.filter((question) => question.language === language);
  const other = questions.find(
    (question) => question.language !== language && question.audience === 'everyone',
  );
  const [first, second] = own.filter(({ audience }) => audience === 'everyone');
  const hidden = own.find(({ audience }) => audience === 'hr');
  return [first, other, hidden, second].filter((question) => question !== undefined);
}
