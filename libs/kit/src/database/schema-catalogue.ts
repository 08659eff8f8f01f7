/** The statements behind describeSchema. Each but the first two gives rows of (table, line), in the order of printing. */

const IN_PUBLIC = `(select oid from pg_namespace where nspname = 'public')`;
const role = (oid: string) =>
  `chr(1) || coalesce((select rolname from pg_roles where oid = ${oid}), '') || chr(2)`;

export const OWNER = `
  select pg_get_userbyid(relowner) as owner from pg_class
   where relnamespace = ${IN_PUBLIC} and relkind in ('r', 'p') order by relname collate "C" limit 1`;

export const TABLES = `
  select relname as name, relrowsecurity as secured, relforcerowsecurity as forced from pg_class
   where relnamespace = ${IN_PUBLIC} and relkind in ('r', 'p', 'f') order by relname collate "C"`;

export const COLUMNS = `
  select c.relname as "table",
         a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || case when a.attnotnull then ' not null' else '' end
         || case when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                 when d.oid is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid)
                 when a.attidentity <> '' then ' generated as identity'
                 else '' end as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where c.relnamespace = ${IN_PUBLIC} and c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
   order by c.relname collate "C", a.attnum`;

/** Not-null constraints are columns' matter; newer servers list them here as well. */
export const CONSTRAINTS = `
  select c.relname as "table", 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) as line
    from pg_constraint k join pg_class c on c.oid = k.conrelid
   where c.relnamespace = ${IN_PUBLIC} and k.contype not in ('n', 't')
   order by c.relname collate "C", k.contype, k.conname collate "C"`;

export const INDEXES = `
  select t.relname as "table", pg_get_indexdef(i.indexrelid) || ';' as line
    from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
   where t.relnamespace = ${IN_PUBLIC}
     and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
   order by x.relname collate "C"`;

export const POLICIES = `
  select c.relname as "table",
         'policy ' || p.polname || ' on ' || c.relname || case when p.polpermissive then '' else ' as restrictive' end
         || ' for ' || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                                     when 'd' then 'delete' else 'all' end
         || ' to ' || (select string_agg(${role('r')}, ', ' order by ${role('r')}) from unnest(p.polroles) r)
         || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
         || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '') || ';' as line
    from pg_policy p join pg_class c on c.oid = p.polrelid
   where c.relnamespace = ${IN_PUBLIC} order by p.polname collate "C"`;

export const TRIGGERS = `
  select c.relname as "table",
         pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' -- enabled: ' || t.tgenabled::text end || ';' as line
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
   where c.relnamespace = ${IN_PUBLIC} and not t.tgisinternal order by t.tgname collate "C"`;

const privileges = `string_agg(lower(x.privilege_type), ', ' order by x.privilege_type)`;
const option = `case when x.is_grantable then ' with grant option' else '' end`;

/** Whole tables first, then single columns. What the owner may do needs no grant. */
export const TABLE_GRANTS = `
  select "table", line from (
    select c.relname as "table", 0 as rank,
           'grant ' || ${privileges} || ' on ' || c.relname || ' to ' || ${role('x.grantee')} || ${option} || ';' as line
      from pg_class c cross join lateral aclexplode(c.relacl) x
     where c.relnamespace = ${IN_PUBLIC} and c.relkind in ('r', 'p', 'f', 'v', 'm') and x.grantee <> c.relowner
     group by c.relname, x.grantee, x.is_grantable
    union all
    select c.relname, 1,
           'grant ' || ${privileges} || ' (' || a.attname || ') on ' || c.relname || ' to ' || ${role('x.grantee')}
           || ${option} || ';'
      from pg_attribute a join pg_class c on c.oid = a.attrelid cross join lateral aclexplode(a.attacl) x
     where c.relnamespace = ${IN_PUBLIC} and x.grantee <> c.relowner
     group by c.relname, a.attname, x.grantee, x.is_grantable) grants
   order by "table" collate "C", rank, line collate "C"`;

export const SEQUENCES = `
  select c.relname as "table",
         'sequence ' || c.relname || ' as ' || format_type(s.seqtypid, null)
         || coalesce(' owned by ' || o.relname || '.' || a.attname, '') || ';'
         || coalesce((select string_agg(distinct chr(10) || 'grant ' || lower(x.privilege_type) || ' on sequence '
              || c.relname || ' to ' || ${role('x.grantee')} || ';', '')
              from aclexplode(c.relacl) x where x.grantee <> c.relowner), '') as line
    from pg_class c join pg_sequence s on s.seqrelid = c.oid
    left join pg_depend d on d.objid = c.oid and d.classid = 'pg_class'::regclass
                         and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
    left join pg_class o on o.oid = d.refobjid left join pg_attribute a on a.attrelid = o.oid and a.attnum = d.refobjsubid
   where c.relnamespace = ${IN_PUBLIC} order by c.relname collate "C"`;

export const VIEWS = `
  select relname as "table", case relkind when 'm' then 'materialized view ' else 'view ' end || relname || ' as'
         || chr(10) || pg_get_viewdef(oid, true) as line
    from pg_class where relnamespace = ${IN_PUBLIC} and relkind in ('v', 'm') order by relname collate "C"`;

/** Enumerations and domains; every table has a row type of its own, which is not listed. */
export const TYPES = `
  select typname as "table", 'type ' || typname || coalesce(' as enum (' || (select string_agg(quote_literal(enumlabel), ', '
         order by enumsortorder) from pg_enum where enumtypid = t.oid) || ')', ' as ' || format_type(typbasetype, typtypmod))
         || ';' as line
    from pg_type t where typnamespace = ${IN_PUBLIC} and typtype in ('e', 'd', 'r') order by typname collate "C"`;

export const SCHEMA_GRANTS = `
  select '' as "table", 'grant ' || ${privileges} || ' on schema public to ' || ${role('x.grantee')} || ';' as line
    from pg_namespace n cross join lateral aclexplode(n.nspacl) x
   where n.nspname = 'public' and x.grantee <> n.nspowner
   group by x.grantee order by ${role('x.grantee')}`;

/** Extensions bring functions of their own, which are theirs to describe. */
export const FUNCTIONS = `
  select p.proname as "table",
         rtrim(pg_get_functiondef(p.oid), E'\\n') || ';'
         || coalesce((select string_agg(chr(10) || 'grant execute on function ' || p.oid::regprocedure || ' to '
              || ${role('x.grantee')} || ';', '' order by ${role('x.grantee')})
              from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
              where x.grantee <> p.proowner and x.privilege_type = 'EXECUTE'), '') as line
    from pg_proc p
   where p.pronamespace = ${IN_PUBLIC} and p.prokind in ('f', 'p')
     and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
   order by p.oid::regprocedure::text collate "C"`;
