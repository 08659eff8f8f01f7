/** What a thread is started with. */
export interface ThreadOptions {
  readonly folder: string;
  /** Folder in whose node_modules the add-on is; empty: where this program is. */
  readonly addon: string;
  readonly labels: readonly string[];
}

export interface ThreadRequest {
  readonly id: number;
  readonly text: string;
}

export type ThreadReply =
  | { readonly kind: 'ready' }
  /** It cannot be opened: `reason` is a sentence for administrators, `detail` for the log. */
  | { readonly kind: 'broken'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'classified'; readonly id: number; readonly share: number }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
