import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GroundednessMark } from '@lorekeep/contracts';
import { Tooltip } from '../kit/tooltip.js';
import { useTexts } from '../locales/use-texts.js';

interface Props {
  reason: GroundednessMark['reason'];
  withheld: boolean | string;
  children?: ReactNode;
}

/** A sentence that the passages it cites do not support; why is said on hover, on focus and to screen readers. */
export function Unsupported({ reason, withheld, children }: Props) {
  const { t } = useTexts();
  const why = `${t('ask.unsupported.title')} ${t(`ask.unsupported.${reason}`)}`;
  const isWithheld = withheld === true || withheld === 'true';
  return (
    <span
      data-unsupported={reason}
      className={
        isWithheld
          ? 'text-text-2'
          : 'underline decoration-warn decoration-dotted decoration-1 underline-offset-4'
      }
    >
      {children}
      <Tooltip content={why}>
        <span
          tabIndex={0}
          role="note"
          aria-label={why}
          className="ml-0.5 inline-flex rounded-sm align-baseline text-warn"
        >
          <CircleAlert size={12} aria-hidden="true" />
        </span>
      </Tooltip>
    </span>
  );
}
