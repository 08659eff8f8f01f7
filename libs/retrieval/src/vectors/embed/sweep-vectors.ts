import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { ALIVE } from '../../hold-index.js';

/** In one transaction. */
const SWEEP_DOCUMENTS = 200;

/** Vectors of documents that are no longer searched. True: there may be more. */
export function sweepVectors(database: Database, ctx: CallContext, setId: string): Promise<boolean> {
  return database.transaction(
    ctx,
    async (tx) => {
      const gone = await tx.query<{ id: string }>(
        `delete from vector_document where set_id = $1 and document_id in (
           select e.document_id from vector_document e where e.set_id = $1
             and not exists (select from document d where d.id = e.document_id and ${ALIVE}) limit ${SWEEP_DOCUMENTS})
         returning document_id as id`,
        [setId],
      );
      if (gone.length > 0)
        await tx.query('delete from passage_vector where set_id = $1 and document_id = any ($2::uuid[])', [
          setId,
          gone.map(({ id }) => id),
        ]);
      return gone.length === SWEEP_DOCUMENTS;
    },
    { access: 'all' },
  );
}
