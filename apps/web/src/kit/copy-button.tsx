import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button, IconButton } from './button.js';
import { useToast } from './toast.js';

interface Props {
  /** Called on click: what is copied may be long. */
  text: () => string;
  label: string;
  iconOnly?: boolean;
}

export function CopyButton({ text, label, iconOnly }: Props) {
  const { t } = useTexts();
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied(true);
    } catch {
      toast(t('common.copyFailed'));
    }
  };
  const icon = copied ? <Check size={15} className="text-good" /> : <Copy size={15} />;
  return (
    <>
      {iconOnly ? (
        <IconButton label={label} icon={icon} onClick={() => void copy()} />
      ) : (
        <Button icon={icon} onClick={() => void copy()}>
          {label}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? t('common.copied') : ''}
      </span>
    </>
  );
}
