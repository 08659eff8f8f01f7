import type { Citation } from '@lorekeep/contracts';
import { createContext, useContext } from 'react';

/** Opens a source beside the answer whose text cites it. */
export type OpenSource = (citation: Citation, answer: string) => void;

export interface Sources {
  byNumber: ReadonlyMap<number, Citation>;
  reference: string | null;
  open: (citation: Citation) => void;
}

const Context = createContext<Sources>({ byNumber: new Map(), reference: null, open: () => undefined });
export const SourcesProvider = Context.Provider;
export const useSources = () => useContext(Context);
