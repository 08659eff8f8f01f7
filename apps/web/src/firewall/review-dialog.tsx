import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Checkbox } from '../kit/field.js';
import { Loading, Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { BrokenCases } from './broken-cases.js';
import { ChangedSettings } from './changed-settings.js';
import { Mistakes } from './mistakes.js';
import type { DraftSetup, SetupState } from './use-setup.js';

interface Props {
  setup: DraftSetup;
  save: SetupState['save'];
  onClose: () => void;
}

/** What a draft would change and break, before it is put in force. */
export function ReviewDialog({ setup, save, onClose }: Props) {
  const { t } = useTexts();
  const line = useErrorLine();
  const [accepted, setAccepted] = useState(false);
  const preview = useQuery({
    queryKey: ['firewall-preview', setup],
    queryFn: ({ signal }) => call('POST /api/admin/firewall/preview', { body: setup, signal }),
    retry: false,
    gcTime: 0,
  });
  const broken = preview.data?.cases.broken.length ?? 0;
  const ready = preview.data && preview.data.changes.length > 0 && (broken === 0 || accepted);
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('firewall.changes.title')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!ready}
            busy={save.isPending}
            onClick={() => save.mutate(accepted, { onSuccess: onClose })}
          >
            {t('firewall.changes.confirm')}
          </Button>
        </>
      }
    >
      {preview.isPending && <Loading lines={4} />}
      {preview.error && <Mistakes error={preview.error} draft={setup} />}
      {preview.data && <ChangedSettings changes={preview.data.changes} />}
      {preview.data && <BrokenCases cases={preview.data.cases} />}
      {broken > 0 && (
        <Checkbox
          label={t('firewall.changes.accept')}
          checked={accepted}
          onChange={(event) => setAccepted(event.target.checked)}
        />
      )}
      {save.error && <Notice tone="bad">{line(save.error)}</Notice>}
    </Dialog>
  );
}
