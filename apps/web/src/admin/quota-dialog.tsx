import type { QuotaRow } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay, usePerson } from '../app/person.js';
import { PrincipalPicker } from '../documents/principal-picker.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { Confirm } from '../kit/confirm.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Input } from '../kit/field.js';
import { FewTokens } from './few-tokens.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';

type Subject = Pick<QuotaRow, 'subjectKind' | 'subjectId' | 'subject'>;
const MOST = 1_000_000_000;

/** Empty: no limit. Anything that is no whole number within bounds: not a limit. */
function limitOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 && value <= MOST ? value : undefined;
}

const FIELDS = ['requestsPerMinute', 'tokensPerDay', 'concurrentQuestions'] as const;

export function QuotaDialog({ quota, onClose }: { quota: QuotaRow | null; onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [subject, setSubject] = useState<Subject | null>(quota);
  const [asking, setAsking] = useState(false);
  const [texts, setTexts] = useState(() => FIELDS.map((field) => quota?.[field]?.toString() ?? ''));
  const [requestsPerMinute, tokensPerDay, concurrentQuestions] = texts.map(limitOf);
  const onSuccess = () => {
    void queryClient.invalidateQueries({ queryKey: ['quotas'] });
    onClose();
  };
  const save = useMutation({
    mutationFn: async () => {
      if (
        !subject ||
        requestsPerMinute === undefined ||
        tokensPerDay === undefined ||
        concurrentQuestions === undefined
      )
        return;
      const { subjectKind, subjectId } = subject;
      await call('PUT /api/admin/quotas', {
        body: { subjectKind, subjectId, requestsPerMinute, tokensPerDay, concurrentQuestions },
      });
    },
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => call('DELETE /api/admin/quotas/:id', { params: { id: quota?.id ?? '' } }),
    onSuccess,
  });
  const ready = subject !== null && texts.every((text) => limitOf(text) !== undefined);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={quota ? quota.subject : t('admin.quotas.create')}
      description={t('admin.quotas.emptyIsUnlimited')}
      footer={
        <>
          {quota && (
            <Button
              tone="quiet"
              icon={<Trash2 size={14} />}
              className="mr-auto"
              onClick={() => setAsking(true)}
            >
              {t('common.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" disabled={!ready} busy={save.isPending} onClick={() => save.mutate()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      {!quota && <SubjectPicker subject={subject} onPick={setSubject} />}
      {FIELDS.map((name, at) => (
        <Field
          key={name}
          label={t(`admin.quotas.fields.${name}`)}
          error={limitOf(texts[at] ?? '') === undefined ? t('admin.quotas.wholeNumber') : null}
        >
          {(field) => (
            <Input
              {...field}
              inputMode="numeric"
              placeholder={t('admin.quotas.noLimit')}
              value={texts[at] ?? ''}
              onChange={(event) =>
                setTexts(texts.map((text, other) => (other === at ? event.target.value : text)))
              }
              className="tabular-nums"
            />
          )}
        </Field>
      ))}
      <FewTokens perDay={tokensPerDay ?? null} />
      {save.error && <Notice tone="bad">{line(save.error)}</Notice>}
      {quota && (
        <Confirm
          open={asking}
          onOpenChange={setAsking}
          title={t('admin.quotas.deleteTitle', { name: quota.subject })}
          consequence={t('admin.quotas.deleteText')}
          action={t('common.delete')}
          busy={remove.isPending}
          error={remove.error ? line(remove.error) : null}
          onConfirm={() => remove.mutate()}
        />
      )}
    </Dialog>
  );
}

function SubjectPicker({ subject, onPick }: { subject: Subject | null; onPick: (subject: Subject) => void }) {
  const { t } = useTexts();
  const tenant = usePerson().tenant;
  const mayFind = useMay()('admin.users');
  return (
    <div className="flex flex-col gap-2">
      <p className="text-13 font-medium">
        {t('admin.quotas.subject')}
        {t('common.colon')}
        <span className="font-normal">{subject?.subject ?? t('admin.quotas.choose')}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          className="h-9"
          onClick={() => onPick({ subjectKind: 'tenant', subjectId: null, subject: tenant.name })}
        >
          {t('admin.quotas.kinds.tenant')}
        </Button>
        {mayFind && (
          <PrincipalPicker
            label={t('documents.readers.add')}
            onPick={({ kind, id, name }) => onPick({ subjectKind: kind, subjectId: id, subject: name })}
          />
        )}
      </div>
    </div>
  );
}
