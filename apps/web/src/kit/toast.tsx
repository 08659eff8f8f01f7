import { X } from 'lucide-react';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { IconButton } from './button.js';

interface Message {
  id: number;
  text: string;
  action?: { label: string; run: () => void } | undefined;
}
type Show = (text: string, action?: Message['action']) => void;

const Context = createContext<Show>(() => undefined);
export const useToast = () => useContext(Context);

/** It waits while it is pointed at or focused. */
const SHOWN_MS = 8_000;
/** Long enough to reach the Undo button without hurry. */
const WITH_ACTION_MS = 20_000;
const MOST = 3;

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const [messages, setMessages] = useState<Message[]>([]);
  const region = useRef<HTMLDivElement>(null);
  const remove = useCallback(
    (id: number) => setMessages((all) => all.filter((message) => message.id !== id)),
    [],
  );
  const show = useCallback<Show>((text, action) => {
    setMessages((all) => [...all.slice(1 - MOST), { id: (all.at(-1)?.id ?? 0) + 1, text, action }]);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F8') region.current?.querySelector('button')?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Context.Provider value={show}>
      {children}
      <div
        ref={region}
        role="region"
        aria-label={t('common.notifications')}
        aria-live="polite"
        className="pointer-events-none fixed bottom-4 left-1/2 max-sm:bottom-20 z-50 flex w-max max-w-[calc(100vw-24px)] -translate-x-1/2 flex-col items-center gap-2"
      >
        {messages.map((message) => (
          <Toast key={message.id} message={message} onClose={remove} />
        ))}
      </div>
    </Context.Provider>
  );
}

function Toast({ message, onClose }: { message: Message; onClose: (id: number) => void }) {
  const { t } = useTexts();
  const [held, setHeld] = useState(false);
  const { id, text, action } = message;
  const shownMs = action ? WITH_ACTION_MS : SHOWN_MS;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onClose(id), shownMs);
    return () => clearTimeout(timer);
  }, [held, id, onClose, shownMs]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="appear pointer-events-auto flex items-center gap-3 rounded-md bg-text-0 py-1.5 pr-1.5 pl-4 text-13 text-surface-0 shadow-float"
    >
      <span className="min-w-0 flex-1 break-words">{text}</span>
      {action && (
        <button
          type="button"
          aria-keyshortcuts="F8"
          onClick={() => {
            onClose(id);
            action.run();
          }}
          className="h-8 rounded-md px-2 font-semibold underline underline-offset-2 focus-visible:outline-surface-0"
        >
          {action.label}
        </button>
      )}
      <IconButton
        label={t('common.close')}
        icon={<X size={14} />}
        tooltip={false}
        onClick={() => onClose(id)}
        tone="inverse"
      />
    </div>
  );
}
