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
