import { useState, type ReactNode } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Field, Input } from './field.js';
import { Notice } from './states.js';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, and whether it can be undone. */
  consequence: ReactNode;
  action: string;
  /** Has to be typed before the act is possible. */
  name?: string;
  busy?: boolean;
  error?: string | null;
  onConfirm: () => void;
}

export function Confirm(props: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const ready = props.name === undefined || typed.trim() === props.name;
  const change = (open: boolean) => {
    setTyped('');
    props.onOpenChange(open);
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={change}
      title={props.title}
      description={props.consequence}
      footer={
        <>
          <Button onClick={() => change(false)}>{t('common.cancel')}</Button>
          <Button tone="danger" disabled={!ready} busy={props.busy} onClick={props.onConfirm}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.name !== undefined && (
        <Field label={t('common.typeName', { name: props.name })}>
          {(field) => (
            <Input
              {...field}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
      )}
      {props.error && <Notice tone="bad">{props.error}</Notice>}
    </Dialog>
  );
}
