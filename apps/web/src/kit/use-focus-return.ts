import { useRef } from 'react';

/**
 * Radix gives focus back to the trigger of a dialog. Ours have none of their own: whatever was focused when one was
 * asked for gets it. That is looked at while rendering: later a field with `autoFocus` has it already.
 */
export function useFocusReturn(open: boolean) {
  const before = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  if (open !== wasOpen.current) {
    wasOpen.current = open;
    if (open) before.current = returnTo(document.activeElement);
  }
  return {
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      before.current?.focus({ preventScroll: true });
    },
  };
}

/** An entry of a menu is gone by then; the button that opened the menu is not. */
function returnTo(focused: Element | null): HTMLElement | null {
  const menu = focused?.closest('[role=menu]');
  const target = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused;
  return target instanceof HTMLElement ? target : null;
}
