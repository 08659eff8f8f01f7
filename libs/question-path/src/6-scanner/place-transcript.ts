import { placesAfterScan } from '@lorekeep/scanner';
import type { AnswerEvent, ScanHit } from '../ports.js';
import type { PathEvent } from '../question.js';

/**
 * Segments of a recording as places in what is shown of its text: a word that two of them share is taken out of the
 * whole, so that no segment may be shown as the model gave it. What lies within a redaction is at the end of its mark.
 */
export function placeTranscript(
  transcript: Extract<AnswerEvent, { kind: 'transcript' }>,
  hits: readonly ScanHit[],
): PathEvent {
  const { choice, segments } = transcript;
  const own = hits.filter(({ channel }) => channel === `${choice}:content`);
  // Nothing is cut off: a text that was stopped has no segments.
  const placeOf = placesAfterScan({ text: { length: Infinity }, hits: own });
  const placed = segments.map((segment) => ({
    ...segment,
    from: placeOf(segment.from),
    to: placeOf(segment.to),
  }));
  return { ...transcript, segments: placed };
}
