import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useMay } from '../app/person.js';
import { nameCategories } from '../firewall/name-categories.js';
import { useCategoryName } from '../firewall/use-names.js';
import { IconButton } from '../kit/button.js';
import { classNames } from '../kit/class-names.js';
import { isolateQuotes } from '../kit/isolate-quotes.js';
import { isStatus } from '../kit/problem.js';
import { Empty, ErrorState, Loading, Notice } from '../kit/states.js';
import { useTitle } from '../kit/use-title.js';
import { useTexts } from '../locales/use-texts.js';
import { DocumentActions } from './document-actions.js';
import { DocumentFacts } from './document-facts.js';
import { DocumentFindings } from './document-findings.js';
import { DocumentNotes, NotesBadge } from './document-notes.js';
import { DocumentState } from './document-state.js';
import { Gone, PassageViewer } from './passage-viewer.js';
import { answerQuoting } from './quoting-answer.js';
import { ReadersSection } from './readers-section.js';
import { VersionsSection } from './versions-section.js';
import { isUnderWay, useDocument } from './use-documents.js';
import { WhyReadable } from './why-readable.js';

/** One document: its text in the middle, what is known of it and who may read it at the side. */
export function DocumentPage() {
  const { t, say } = useTexts();
  const { documentId = '' } = useParams({ strict: false });
  const { passage } = useSearch({ strict: false });
  const mayWrite = useMay()('documents.write');
  const navigate = useNavigate();
  const category = useCategoryName();
  const document = useDocument(documentId);
  useTitle(document.data?.title);
  if (document.isPending) return <Loading lines={8} className="mx-auto max-w-[760px] px-6 py-8" />;
  if (isStatus(document.error, 404)) return <Gone wide />;
  if (document.isError) return <ErrorState error={document.error} onRetry={() => void document.refetch()} />;
  const row = document.data;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-start justify-end gap-2 border-b px-2 py-2.5 sm:flex-nowrap sm:px-4">
        <IconButton
          label={t('documents.back')}
          icon={<ArrowLeft size={17} />}
          onClick={() => void navigate({ to: '/documents' })}
        />
        <div className="min-w-[70%] flex-1 pt-0.5 sm:min-w-0">
          <h1 className="text-16 font-semibold break-words">{row.title}</h1>
          <p className="flex flex-wrap items-center gap-x-2 text-13 text-text-2">
            {[row.collection, ...row.folders].join(' / ')}
            {mayWrite && <DocumentState row={row} />}
            <NotesBadge row={row} />
          </p>
        </div>
        <DocumentActions row={row} mayWrite={mayWrite} />
      </header>
      <div className="scroller flex min-h-0 flex-1 flex-col lg:flex-row lg:overflow-hidden">
        <div
          className={classNames(
            'flex min-w-0 flex-col lg:min-h-0 lg:flex-1',
            // Passages scroll by themselves, in the height that they are given; what stands here instead is as long as it is.
            row.state === 'ready' ? 'min-h-[70vh] flex-1' : 'shrink-0 lg:overflow-y-auto',
          )}
        >
          {row.reason && (
            <div className="px-4 pt-4 sm:px-6">
              <Notice tone={row.state === 'quarantined' ? 'warn' : 'bad'}>
                {isolateQuotes(
                  nameCategories(say(row.reason, row.reasonCode), category, t('common.listSeparator')),
                )}
              </Notice>
              <DocumentFindings row={row} />
            </div>
          )}
          {row.state === 'ready' && row.notes.length > 0 && (
            <div className="px-4 pt-4 sm:px-6">
              <DocumentNotes row={row} />
            </div>
          )}
          {row.state === 'ready' ? (
            <PassageViewer documentId={row.id} passageId={passage} answer={answerQuoting(passage)} wide />
          ) : isUnderWay(row) ? (
            <Empty title={t(`documents.states.${row.state}`)} text={t('documents.underWay')} />
          ) : (
            row.state !== 'quarantined' && <Empty title={t('documents.noText')} />
          )}
        </div>
        <aside
          aria-label={t('documents.about')}
          className="scroller flex shrink-0 flex-col gap-6 border-t p-4 lg:w-80 lg:border-t-0 lg:border-l"
        >
          <DocumentFacts row={row} />
          <VersionsSection row={row} mayWrite={mayWrite} />
          {mayWrite && (
            <>
              <ReadersSection kind="documents" id={row.id} />
              <WhyReadable kind="documents" id={row.id} />
            </>
          )}
        </aside>
      </div>
    </div>
  );
}
