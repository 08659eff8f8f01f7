import { cloneElement, lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react';

export interface PopoverProps {
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  side?: 'top' | 'bottom';
}

const loadPanel = () => import('./popover-panel.js');
const Panel = lazy(async () => ({ default: (await loadPanel()).PopoverPanel }));

/** A button with a panel of its own. What the panel is made of is loaded when the button is first pointed at or focused. */
export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false);
  const preload = () => void loadPanel();
  const closed = cloneElement(props.trigger as ReactElement<Record<string, unknown>>, {
    'aria-haspopup': 'dialog',
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
