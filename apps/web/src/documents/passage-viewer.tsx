import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { FileX } from 'lucide-react';
import { useCallback, useState } from 'react';
import { isStatus } from '../kit/problem.js';
import { Empty, ErrorState, Loading, Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { PassageList } from './passage-list.js';
import { passagesKey, useOpening, useStillReadable } from './use-passages.js';

interface Props {
  documentId: string;
  /** The passage to open at. */
  passageId?: string | undefined;
  /** The answer that cites it: what it quotes is marked. */
  answer?: string | undefined;
  /** On a page of its own. */
  wide?: boolean;
}

/** A document being read, in every state: opening, replaced by a newer version, deleted, not readable any more. */
export function PassageViewer({ documentId, passageId, answer = '', wide = false }: Props) {
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const still = useStillReadable(documentId);
  const opening = useOpening(documentId, passageId);
  const [goneId, setGoneId] = useState<string | null>(null);
  const onGone = useCallback(() => {
    setGoneId(documentId);
    queryClient.removeQueries({ queryKey: passagesKey(documentId) });
  }, [documentId, queryClient]);
  if (goneId === documentId || isStatus(still.error, 404)) return <Gone wide={wide} />;
  if (isStatus(opening.error, 404)) return still.isPending ? <Opening wide={wide} /> : <NotReader />;
  if (opening.isError) return <ErrorState error={opening.error} onRetry={() => void opening.refetch()} />;
  if (opening.isPending) return <Opening wide={wide} />;
  const { document, at } = opening.data;
  const replacedBy = still.data?.replacedBy ?? document.replacedBy;
  if (document.passages === 0) return <Empty title={t('viewer.empty')} />;
  return (
    <>
      {replacedBy && (
        <div className="shrink-0 border-b p-2">
          <Notice
            tone="warn"
            action={
              <Link
                to="/documents/$documentId"
                params={{ documentId: replacedBy }}
                className="shrink-0 font-medium whitespace-nowrap underline underline-offset-2"
              >
                {t('viewer.openNewer')}
              </Link>
            }
          >
            {t('viewer.newer')}
          </Notice>
        </div>
      )}
      {passageId !== undefined && at === null && (
        <div className="shrink-0 border-b p-2">
          <Notice>{t('viewer.notThere')}</Notice>
        </div>
      )}
      <PassageList
        key={documentId}
        document={document}
        cited={at}
        answer={answer}
        wide={wide}
        onGone={onGone}
      />
    </>
  );
}

/** The bar of the place is there from the beginning, so that nothing moves when the text comes. */
function Opening({ wide }: { wide: boolean }) {
  return (
    <>
      <div className="h-13 shrink-0 border-b" />
      <Loading lines={wide ? 10 : 8} className={wide ? 'mx-auto w-full max-w-[760px] px-6 py-5' : 'p-4'} />
    </>
  );
}

/** Deleted and forbidden are one answer of the gateway, and so here. */
export function Gone({ wide = false }: { wide?: boolean }) {
  const { t } = useTexts();
  const back = wide && (
    <Link to="/documents" className="text-13 font-medium text-accent underline underline-offset-2">
      {t('documents.back')}
    </Link>
  );
  return <Empty icon={FileX} title={t('viewer.gone')} text={t('viewer.goneText')} action={back} />;
}

/** Whoever manages documents sees the row of one whose text is for others. */
function NotReader() {
  const { t } = useTexts();
  return <Empty icon={FileX} title={t('viewer.notReader')} text={t('viewer.notReaderText')} />;
}
