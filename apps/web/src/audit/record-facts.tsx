import type { AuditRow } from '@lorekeep/contracts';
import type { ReactNode } from 'react';
import { Facts } from '../kit/facts.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { OutcomeBadge } from './audit-columns.js';
import type { Opening } from './steps-of-record.js';

/** Who, when, with what outcome, and its place in the chain. */
export function RecordFacts({ row }: { row: AuditRow }) {
  const { t } = useTexts();
  const formats = useFormats();
  const facts: [string, ReactNode][] = [
    [t('audit.actor'), row.actor],
    [t('audit.time'), formats.dateTime(row.recordedAt)],
    ...(row.outcome === null
      ? []
      : [[t('audit.outcome'), <OutcomeBadge outcome={row.outcome} />] as [string, ReactNode]]),
    [t('audit.sequence'), formats.number(row.sequence)],
    ...(row.reference ? [[t('common.reference'), <Code text={row.reference} />] as [string, ReactNode]] : []),
    [t('audit.hash'), <Code text={row.hash} />],
  ];
  return <Facts facts={facts} />;
}

/** What was heard is not kept; by this it can be known again. */
export function Recording({
  recording: { bytes, type, sha256 },
}: {
  recording: NonNullable<Opening['recording']>;
}) {
  const { t } = useTexts();
  const formats = useFormats();
  return (
    <Facts
      facts={[
        [t('audit.recording'), [formats.bytes(bytes), type].filter(Boolean).join(' · ')],
        [t('audit.recordingHash'), <Code key="hash" text={sha256} />],
      ]}
    />
  );
}

const Code = ({ text }: { text: string }) => (
  <code className="font-mono text-12 break-all select-all">{text}</code>
);
