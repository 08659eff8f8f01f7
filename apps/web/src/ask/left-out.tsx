import { Notice, Reference } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { isLive, leftOut, type Answer } from './answer-state.js';

/** Something was withheld, and by what the administrators find it: never which word, nor of which document. */
export function LeftOut({ answer }: { answer: Answer }) {
  const { t } = useTexts();
  if (isLive(answer) || leftOut(answer) === 0) return null;
  return (
    <div className="mt-3 max-w-[68ch]">
      <Notice tone="info">
        <p>{t('ask.leftOut')}</p>
        {answer.reference && <Reference value={answer.reference} />}
      </Notice>
    </div>
  );
}

/** Nothing is cut silently: what did not fit the model is said beside the answer. */
export function Shortened({ answer: { shortened } }: { answer: Answer }) {
  const { t, language } = useTexts();
  if (!shortened) return null;
  const { turns, passages } = shortened;
  const parts = [
    ...(turns > 0 ? [t('ask.shortened.turns', { count: turns })] : []),
    ...(passages > 0 ? [t('ask.shortened.passages', { count: passages })] : []),
  ];
  return (
    <div className="mb-3 max-w-[68ch]">
      <Notice tone="info">
        <p>{t('ask.shortened.text', { what: parts.join(language === 'zh' ? '、' : ', ') })}</p>
      </Notice>
    </div>
  );
}
