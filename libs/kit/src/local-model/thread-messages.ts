/** What a thread is started with. */
export interface ThreadOptions {
  readonly folder: string;
  /** Folder in whose node_modules the add-on is; empty: where this program is. */
  readonly addon: string;
  /** Labels whose shares are wanted. */
  readonly labels: readonly string[];
  /** What the model is called in sentences, `the classifier`, and what its labels mean in them, `an attack`. */
  readonly name: string;
  readonly meaning: string;
}

/** One text, or a text and what is said of it. */
export interface ModelText {
  readonly text: string;
  readonly pair?: string;
}

export interface ThreadRequest extends ModelText {
  readonly id: number;
}

export type ThreadReply =
  | { readonly kind: 'ready' }
  /** It cannot be opened: `reason` is a sentence for administrators, `detail` for the log. */
  | { readonly kind: 'broken'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'classified'; readonly id: number; readonly share: number }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
