import { createElement, type ElementType, type ReactNode } from 'react';

interface Props {
  as?: ElementType;
  children?: ReactNode;
  [prop: string]: unknown;
}

/**
 * Stands in for react-remove-scroll (see vite.config.ts). The page itself never scrolls, so nothing needs locking;
 * what remains is the element that Radix asks for.
 */
export function RemoveScroll({ as, children, allowPinchZoom, shards, enabled, ...props }: Props) {
  void allowPinchZoom;
  void shards;
  void enabled;
  return as ? createElement(as, props, children) : <>{children}</>;
}
