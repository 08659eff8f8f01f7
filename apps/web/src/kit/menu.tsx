import { cloneElement, lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react';

export type MenuEntry =
  | {
      kind: 'item';
      icon?: ReactNode;
      text: string;
      onSelect: () => void;
      danger?: boolean;
      disabled?: boolean;
    }
  | {
      kind: 'choice';
      label: string;
      value: string;
      choices: readonly { value: string; label: string; lang?: string }[];
      onChange: (value: string) => void;
    }
  | { kind: 'note'; text: string }
  | { kind: 'line' };

export interface MenuProps {
  trigger: ReactElement<{ className?: string }>;
  label: string;
  entries: readonly MenuEntry[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
}

const loadPanel = () => import('./menu-panel.js');
const Panel = lazy(async () => ({ default: (await loadPanel()).MenuPanel }));

/** A button with a menu. What the menu is made of is loaded when the button is first pointed at or focused. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const preload = () => void loadPanel();
  const closed = cloneElement(props.trigger as ReactElement<Record<string, unknown>>, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: preload,
    onFocus: preload,
    onClick: () => setWanted(true),
  });
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Panel {...props} />
    </Suspense>
  );
}
