import type { CallContext } from '@lorekeep/kit/context';
import type { Database } from '@lorekeep/kit/database';
import { ALIVE } from '../../hold-index.js';

/** In one transaction. */
const SWEEP_DOCUMENTS = 200;

/**
 * Vectors of documents that are no longer searched; of an abandoned set, which nobody brings up to date, those of
 * passages that are gone too. True: there may be more.
 */
export function sweepVectors(
  database: Database,
  ctx: CallContext,
  setId: string,
  abandoned: boolean,
): Promise<boolean> {
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
      if (abandoned)
        await tx.query(
          `delete from passage_vector v using vector_document e join document d on d.id = e.document_id
            where v.set_id = $1 and e.set_id = $1 and v.document_id = e.document_id
              and e.first_passage <> d.first_passage
              and not exists (select from passage p where p.id = v.passage_id)`,
          [setId],
        );
      return gone.length === SWEEP_DOCUMENTS;
    },
    { access: 'all' },
  );
}
