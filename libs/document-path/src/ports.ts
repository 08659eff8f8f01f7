import type { CallContext } from '@lorekeep/kit/context';

/** The firewall's document rules on one stretch of text. */
export type DocumentScreen = (ctx: CallContext, text: string) => Promise<ScreenVerdict>;

export interface ScreenVerdict {
  readonly action: 'allow' | 'flag' | 'redact' | 'refuse';
  /** In shadow mode, in which nothing is held back: what would have been done. */
  readonly shadow?: 'allow' | 'flag' | 'redact' | 'refuse';
  readonly hits: readonly {
    readonly rule: string;
    readonly category: string;
    /** UTF-16 units of the text. */
    readonly start?: number;
    readonly end?: number;
  }[];
}

/** Resolves when the record is durable; throws when it could not be written. */
export type DocumentAudit = (ctx: CallContext, record: DocumentRecord) => Promise<unknown>;

export interface DocumentRecord {
  readonly kind:
    | 'document.received'
    | 'document.ready'
    | 'document.refused'
    | 'document.quarantined'
    | 'document.restarted';
  readonly outcome?: string;
  readonly detail: Record<string, string | number | boolean | null>;
}
