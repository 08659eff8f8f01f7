import { Inject, Injectable } from '@nestjs/common';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
import { Readers, type Denial } from '@lorekeep/retrieval';

/** Of the table that says who is denied: the database's own refusal. */
const CONSTRAINT = 'reader_denies';

/**
 * A group that is denied somewhere keeps its members out. Without the group, or out of it, they may read: that must be
 * said before, not found out after.
 */
@Injectable()
export class KeepDenials {
  constructor(@Inject(Readers) private readonly readers: Readers) {}

  /** Deletes, unless the group is denied somewhere. Throws GROUP_DENIED with the places. */
  async whileDeleting<T>(ctx: CallContext, groupId: string, remove: () => Promise<T>): Promise<T> {
    const places = await this.readers.denials(ctx, `group:${groupId}`);
    if (places.length > 0) throw denied(ctx, places);
    try {
      return await remove();
    } catch (error) {
      // Denied between the two statements.
      if ((error as { constraint?: string }).constraint !== CONSTRAINT) throw error;
      throw denied(ctx, await this.readers.denials(ctx, `group:${groupId}`));
    }
  }

  /** Throws GROUP_DENIED where somebody leaves a group that is denied somewhere, and nobody has confirmed it. */
  async whileLeaving(ctx: CallContext, groupIds: readonly string[], confirmed: boolean): Promise<void> {
    if (confirmed) return;
    for (const id of groupIds) {
      const places = await this.readers.denials(ctx, `group:${id}`);
      if (places.length > 0) throw leaving(ctx, places);
    }
  }
}

function denied(ctx: CallContext, places: readonly Denial[]): RequestError {
  return new RequestError(
    409,
    'GROUP_DENIED',
    `This group is denied to read ${named(ctx, places)}. Without it its members could: take it off those readers first.`,
    maySee(ctx) ? places.map(detailOf) : [],
  );
}

function leaving(ctx: CallContext, places: readonly Denial[]): RequestError {
  return new RequestError(
    409,
    'GROUP_DENIED',
    `The group is denied to read ${named(ctx, places)}. Whoever leaves it may be able to read that: confirm that this is meant (liftDenials).`,
    maySee(ctx) ? places.map(detailOf) : [],
  );
}

/** Titles and names of folders are for those who manage documents. */
const maySee = (ctx: CallContext): boolean => ctx.caller.permissions.has('documents.write');

const named = (ctx: CallContext, places: readonly Denial[]): string =>
  maySee(ctx) ? places.map(({ scope, name }) => `the ${scope} “${name}”`).join(', ') : 'something';

const detailOf = ({ scope, id, name }: Denial) => ({ path: `${scope}s.${id}`, message: name });
