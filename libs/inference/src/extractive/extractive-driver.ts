import type { CallContext } from '@lorekeep/kit/context';
import { dominantLanguage } from '@lorekeep/kit/text';
import { questionOf, type AnswerEvent, type AnswerRequest, type Driver } from '../driver.js';
import { InferenceFault } from '../inference.errors.js';
import { estimateTokens } from '../prompt/estimate-tokens.js';
import { cutAtStop, cutParts } from './cut-parts.js';
import { chooseQuotes, type Quote } from './choose-quotes.js';
import { DRAFT_OPENING, EXTRACTIVE_LABEL, NO_MODEL, NOTHING_ANSWERS } from './extractive-texts.js';

/** The name under which the driver is asked for as a model. */
export const EXTRACTIVE_MODEL = 'extractive';

/** Answers without a model: the best sentences of the passages, word for word, each with its citation. */
export class ExtractiveDriver implements Driver {
  readonly name = 'extractive';

  async *answer(ctx: CallContext, request: AnswerRequest): AsyncGenerator<AnswerEvent, void, void> {
    if (ctx.signal.aborted) throw new InferenceFault('INFERENCE_CANCELLED');
    yield {
      kind: 'model',
      model: EXTRACTIVE_MODEL,
      driver: this.name,
      label: EXTRACTIVE_LABEL[request.locale],
    };
    const quotes =
      request.documents === 'cited' ? chooseQuotes(wholeQuestion(request), request.passages) : [];
    const said = partsOf(request, quotes);
    const { maxTokens, stop } = request.parameters;
    const stopped = cutAtStop(said, stop);
    const { parts, whole, reason } = cutParts(stopped.parts, maxTokens);
    // A draft has an opening before its quotations.
    const shown = Math.max(0, Math.min(whole, stopped.whole) - (said.length - quotes.length));
    const cited = new Set<number>();
    for (const { number, passageId } of quotes.slice(0, shown)) {
      if (cited.has(number)) continue;
      cited.add(number);
      yield { kind: 'citation', number, passageId };
    }
    const choices = request.parameters.n ?? 1;
    for (let choice = 0; choice < choices; choice++) {
      for (const text of parts) {
        if (ctx.signal.aborted) throw new InferenceFault('INFERENCE_CANCELLED');
        yield { kind: 'text', choice, channel: 'content', text };
      }
      yield { kind: 'finish', choice, reason };
    }
    yield {
      kind: 'usage',
      promptTokens: request.messages.reduce((sum, message) => sum + estimateTokens(message.content), 0),
      completionTokens: choices * parts.reduce((sum, part) => sum + estimateTokens(part), 0),
      estimated: true,
    };
  }
}

/** A follow-up together with what it hangs on. */
function wholeQuestion(request: AnswerRequest): string {
  return [request.context, questionOf(request)].filter(Boolean).join(' ');
}

/** The answer in pieces, a sentence each. */
function partsOf(request: AnswerRequest, quotes: readonly Quote[]): string[] {
  const language = dominantLanguage(questionOf(request));
  if (request.documents === 'none') return [NO_MODEL[language]];
  if (quotes.length === 0) return [NOTHING_ANSWERS[language]];
  const parts = request.task === 'draft' ? [DRAFT_OPENING[language]] : [];
  for (const quote of quotes) {
    // A list keeps its lines only when the number does not stand in its last one; a line below a table is a row of it.
    const end = quote.text.startsWith('|') ? '\n\n' : quote.text.includes('\n') ? '\n' : ' ';
    parts.push(`${parts.length > 0 ? '\n\n' : ''}${quote.text}${end}[${quote.number}]`);
  }
  return parts;
}
