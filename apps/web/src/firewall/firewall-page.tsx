import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Button } from '../kit/button.js';
import { Page } from '../kit/page.js';
import { ErrorState, Loading, Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { CasesTab } from './cases-tab.js';
import { ExceptionsTab } from './exceptions-tab.js';
import { PolicyTab } from './policy-tab.js';
import { readSetupFile, saveSetupFile, type SetupFileFault } from './setup-file.js';
import { ReplayTab } from './replay-tab.js';
import { ReviewDialog } from './review-dialog.js';
import { RulesTab } from './rules-tab.js';
import { TabList } from './tab-list.js';
import { useSetup, type DraftException } from './use-setup.js';
import { WorkbenchTab } from './workbench-tab.js';

const TABS = ['policy', 'rules', 'exceptions', 'workbench', 'replay', 'cases'] as const;
type Tab = (typeof TABS)[number];

/** The firewall of the tenant: one draft over all tabs, reviewed and put in force as one. */
export function FirewallPage() {
  const { t } = useTexts();
  const state = useSetup();
  const [tab, setTab] = useState<Tab>('policy');
  const [reviewing, setReviewing] = useState(false);
  const [proposed, setProposed] = useState<Partial<DraftException> | null>(null);
  const { query, setup, dirty, change } = state;
  useBlocker({
    shouldBlockFn: () => !window.confirm(t('firewall.unsaved')),
    enableBeforeUnload: dirty,
    disabled: !dirty,
  });
  const actions = (
    <div className="flex flex-wrap gap-2">
      {setup && <FileButtons onLoad={change} onSave={() => saveSetupFile(setup)} />}
      <Button disabled={!dirty} onClick={state.discard}>
        {t('admin.discard')}
      </Button>
      <Button tone="primary" disabled={!dirty} onClick={() => setReviewing(true)}>
        {t('firewall.review')}
      </Button>
    </div>
  );
  return (
    <Page title={t('admin.sections.rules')} note={t('firewall.note')} actions={actions}>
      {query.isPending && <Loading lines={8} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.setup.shadow && <Notice tone="warn">{t('firewall.shadowOn')}</Notice>}
      {query.data && setup && (
        <>
          <TabList
            label={t('admin.sections.rules')}
            tabs={TABS.map((id) => ({ id, text: t(`firewall.tabs.${id}`) }))}
            active={tab}
            onChange={setTab}
          />
          <div role="tabpanel" aria-label={t(`firewall.tabs.${tab}`)} className="flex flex-col gap-4">
            {tab === 'policy' && <PolicyTab view={query.data} setup={setup} onChange={change} />}
            {tab === 'rules' && <RulesTab setup={setup} onChange={change} />}
            {tab === 'exceptions' && (
              <ExceptionsTab
                setup={setup}
                onChange={change}
                proposed={proposed}
                onDone={() => setProposed(null)}
              />
            )}
            {tab === 'workbench' && (
              <WorkbenchTab
                draft={dirty ? setup : null}
                onExcept={(exception) => {
                  setProposed(exception);
                  setTab('exceptions');
                }}
              />
            )}
            {tab === 'replay' && <ReplayTab draft={setup} dirty={dirty} />}
            {tab === 'cases' && <CasesTab />}
          </div>
        </>
      )}
      {reviewing && setup && (
        <ReviewDialog setup={setup} save={state.save} onClose={() => setReviewing(false)} />
      )}
    </Page>
  );
}

function FileButtons({
  onLoad,
  onSave,
}: {
  onLoad: ReturnType<typeof useSetup>['change'];
  onSave: () => void;
}) {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<SetupFileFault | null>(null);
  const load = async (file: File) => {
    const read = await readSetupFile(file);
    setFault('fault' in read ? read.fault : null);
    if ('setup' in read) onLoad(read.setup);
  };
  return (
    <>
      {fault && (
        <Notice tone="bad">
          {t('firewall.importFailed')} {t(`firewall.importFaults.${fault}`)}
        </Notice>
      )}
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={t('firewall.import')}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void load(file);
          event.target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('firewall.import')}</Button>
      <Button onClick={onSave}>{t('firewall.export')}</Button>
    </>
  );
}
