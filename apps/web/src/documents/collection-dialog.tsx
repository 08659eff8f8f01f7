import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Input, TextArea } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { COLLECTIONS } from './use-documents.js';

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A short name out of a name, as far as Latin letters go. */
const slugOf = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);

export function CollectionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const slug = ownSlug ?? slugOf(name);
  const create = useMutation({
    mutationFn: () =>
      call('POST /api/collections', { body: { name: name.trim(), slug, description: description.trim() } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: COLLECTIONS });
      onClose();
    },
  });
  const slugFits = SLUG.test(slug);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('documents.collections.create')}
      description={t('documents.collections.createText')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!name.trim() || !slugFits}
            busy={create.isPending}
            onClick={() => create.mutate()}
          >
            {t('common.create')}
          </Button>
        </>
      }
    >
      <Field label={t('documents.collections.name')}>
        {(field) => (
          <Input
            {...field}
            autoFocus
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t('documents.collections.slug')}
        hint={t('documents.collections.slugHint')}
        error={slug !== '' && !slugFits ? t('documents.collections.slugHint') : null}
      >
        {(field) => (
          <Input
            {...field}
            maxLength={63}
            value={slug}
            onChange={(event) => setOwnSlug(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('documents.collections.description')}>
        {(field) => (
          <TextArea
            {...field}
            rows={2}
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      {create.error && <Notice tone="bad">{line(create.error)}</Notice>}
    </Dialog>
  );
}
