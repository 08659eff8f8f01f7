import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Plus } from 'lucide-react';
import { isLive } from '../ask/answer-state.js';
import { ErrorState, Loading } from '../kit/states.js';
import { useTitle } from '../kit/use-title.js';
import { useTexts } from '../locales/use-texts.js';
import { DraftList } from './draft-list.js';
import { useDraftRun } from './draft-run.js';
import { DraftView } from './draft-view.js';
import { NewDraft } from './new-draft.js';
import { rowOfRun, useDraft } from './use-drafts.js';

/** Reply drafts for customers. Nothing is sent from here. */
export function DraftsPage() {
  const { t } = useTexts();
  const { draftId } = useParams({ strict: false });
  useTitle(t('drafts.title'));
  return (
    <div className="flex h-full min-h-0">
      <aside aria-label={t('drafts.list')} className="hidden w-60 shrink-0 flex-col border-r lg:flex">
        <NewLink />
        <div className="scroller min-h-0 flex-1 px-2 pb-3">
          <DraftList />
        </div>
      </aside>
      {draftId === undefined ? (
        <div className="scroller min-w-0 flex-1">
          <div className="mx-auto flex max-w-[760px] flex-col gap-6 px-4 py-5 sm:px-6">
            <div>
              <h1 className="text-20 font-semibold">{t('drafts.title')}</h1>
              <p className="mt-0.5 text-13 text-text-2">{t('drafts.note')}</p>
            </div>
            <NewDraft />
            <section aria-label={t('drafts.list')} className="-mx-3 border-t pt-4 lg:hidden">
              <h2 className="px-3 pb-2 text-14 font-semibold">{t('drafts.list')}</h2>
              <DraftList />
            </section>
          </div>
        </div>
      ) : (
        <OneDraft key={draftId} id={draftId} />
      )}
    </div>
  );
}

function NewLink() {
  const { t } = useTexts();
  return (
    <div className="p-3">
      <Link
        to="/drafts/{-$draftId}"
        params={{ draftId: undefined }}
        activeOptions={{ exact: true }}
        className="flex h-8 items-center justify-center gap-1.5 rounded-md border border-line-strong/60 text-13 font-medium hover:bg-surface-2"
      >
        <Plus size={14} aria-hidden="true" />
        {t('drafts.new')}
      </Link>
    </div>
  );
}

function OneDraft({ id }: { id: string }) {
  const { t } = useTexts();
  const run = useDraftRun();
  const own = run?.answer.messageId === id ? run : null;
  const draft = useDraft(id);
  const row = draft.data;
  // Live, or over but not yet fetched in its final form.
  const live = own && (isLive(own.answer) || !row || row.state === 'writing') ? own : null;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <h1 className="sr-only">{t('drafts.title')}</h1>
      <Link
        to="/drafts/{-$draftId}"
        params={{ draftId: undefined }}
        className="flex h-10 shrink-0 items-center gap-1.5 border-b px-4 text-13 text-text-1 lg:hidden"
      >
        <ArrowLeft size={15} aria-hidden="true" />
        {t('drafts.back')}
      </Link>
      {live ? (
        <DraftView row={rowOfRun(id, live)} live={live.answer} />
      ) : row ? (
        <DraftView row={row} live={null} />
      ) : draft.isError ? (
        <ErrorState error={draft.error} onRetry={() => void draft.refetch()} />
      ) : (
        <Loading lines={8} className="p-6" />
      )}
    </div>
  );
}
