/**
 * BM25 in Lucene's form (idf = ln(1 + (N - df + 0.5) / (df + 0.5)); k1 = 1.2, b = 0.75; Robertson & Zaragoza 2009)
 * over the posting rows of the documents in `readable`. N, df and the average length are those of the same documents,
 * so that a score carries no trace of what the caller may not read.
 * Parameters: $1 terms text[], $2 how many passages, $3 collection ids uuid[] or null.
 */
const ranked = (readable: string): string => `
readable as materialized (
  select d.id, d.passages, d.terms from document d ${readable}
   where d.tenant_id = (select app_tenant()) and d.state = 'ready' and d.deleted_at is null
     and ($3::uuid[] is null or d.collection_id = any ($3::uuid[]))
), corpus as materialized (
  select sum(passages)::float8 as passages, sum(terms)::float8 / nullif(sum(passages), 0) as average from readable
), hit as materialized (
  select p.term, p.passage_id, p.document_id, p.frequency::float8 as frequency, p.passage_terms::float8 as length
    from posting p
   where p.tenant_id = (select app_tenant()) and p.term = any ($1::text[]) and p.document_id in (select id from readable)
), weight as materialized (
  select term, ln(1 + ((select passages from corpus) - count(*) + 0.5) / (count(*) + 0.5)) * 2.2 as weight
    from hit group by term
), best as (
  select passage_id, sum(weight * frequency / (frequency + 1.2 * (0.25 + 0.75 * length / (select average from corpus)))) as score
    from hit join weight using (term)
   group by passage_id order by score desc, passage_id limit $2
)`;

/** The caller's best passages; the permission filter is in the statement and, again, in row security. */
export const SEARCH_STATEMENT = `with ${ranked('join app_readable_documents() as granted (id) on granted.id = d.id')}
select passage.id, passage.document_id as "documentId", document.title, document.file_name as "fileName",
       collection.name as collection, passage.heading, passage.page, passage.ordinal, passage.content,
       passage.language, best.score
  from best
  join passage on passage.id = best.passage_id
  join document on document.id = passage.document_id
  join collection on collection.id = document.collection_id
 order by best.score desc, best.passage_id`;

/** How many of the tenant's best passages the caller may not read. For the audit alone; runs with access to all. */
export const WITHHELD_STATEMENT = `with ${ranked('')}
select count(*)::int as withheld from best join passage on passage.id = best.passage_id
 where passage.document_id not in (select app_readable_documents())`;
