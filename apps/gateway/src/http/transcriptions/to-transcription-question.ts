import type { Question } from '@lorekeep/question-path';
import type { RecordingForm } from './read-recording-form.js';

/** A request for a transcript as a question: its prompt is the message, screened like any; the file is heard. */
export function toTranscriptionQuestion({ fields, file }: RecordingForm): Question {
  const { model, prompt = '', language, temperature, response_format: format } = fields;
  return {
    door: 'transcriptions',
    messages: prompt.trim() === '' ? [] : [{ role: 'user', content: prompt }],
    documents: 'none',
    model,
    parameters: temperature === undefined ? {} : { temperature },
    transcribe: {
      ...file,
      ...(language === undefined ? {} : { language }),
      segments: format === 'verbose_json',
    },
  };
}
