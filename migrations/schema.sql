-- The schema as the migrations leave it, read from the catalogue: for reading and comparing, not for running.
-- owner: the role that runs the migrations; app: the role that the application connects as.

table access_entry (
  access_id uuid not null,
  principal text not null,
  tenant_id uuid not null,
  effect text not null,
  constraint access_entry_effect_check CHECK ((effect = ANY (ARRAY['allow'::text, 'deny'::text]))),
  constraint access_entry_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint access_entry_pkey PRIMARY KEY (access_id, principal)
);
row security of access_entry: enabled, forced;
CREATE INDEX access_entry_principal ON public.access_entry USING btree (tenant_id, principal, access_id, effect);
policy tenant on access_entry for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on access_entry to app;

table api_key (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  user_id uuid not null,
  name text not null,
  key_hash bytea not null,
  display_prefix text not null,
  scopes text[] not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint api_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint api_key_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_key_hash_key UNIQUE (key_hash)
);
row security of api_key: enabled, forced;
CREATE INDEX api_key_user ON public.api_key USING btree (user_id);
policy tenant on api_key for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on api_key to app;

table app_user (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  email text not null,
  display_name text not null,
  password_hash text,
  roles text[] not null,
  locale text,
  must_change_password boolean not null default false,
  disabled_at timestamp with time zone,
  last_sign_in_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint app_user_email_check CHECK ((email = lower(email))),
  constraint app_user_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'zh'::text]))),
  constraint app_user_roles_check CHECK ((roles <@ ARRAY['employee'::text, 'support'::text, 'admin'::text, 'auditor'::text])),
  constraint app_user_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint app_user_pkey PRIMARY KEY (id),
  constraint app_user_tenant_id_email_key UNIQUE (tenant_id, email)
);
row security of app_user: enabled, forced;
policy tenant on app_user for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
CREATE TRIGGER reader_denies BEFORE DELETE ON public.app_user FOR EACH ROW EXECUTE FUNCTION reader_denies('user');
grant delete, insert, select, update on app_user to app;

table audit_head (
  tenant_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  constraint audit_head_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint audit_head_pkey PRIMARY KEY (tenant_id)
);
row security of audit_head: enabled, forced;
policy tenant on audit_head for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select on audit_head to app;

table audit_record (
  tenant_id uuid not null,
  sequence bigint not null,
  id uuid not null,
  recorded_at timestamp with time zone not null,
  kind text not null,
  trace_id text,
  actor_id uuid,
  actor text not null,
  outcome text,
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_record_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint audit_record_pkey PRIMARY KEY (tenant_id, sequence),
  constraint audit_record_id_key UNIQUE (id)
);
row security of audit_record: enabled, forced;
CREATE INDEX audit_record_actor ON public.audit_record USING btree (tenant_id, actor_id, recorded_at);
CREATE INDEX audit_record_kind ON public.audit_record USING btree (tenant_id, kind, recorded_at);
CREATE INDEX audit_record_time ON public.audit_record USING btree (tenant_id, recorded_at);
CREATE INDEX audit_record_trace ON public.audit_record USING btree (tenant_id, trace_id);
policy tenant on audit_record for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
CREATE TRIGGER audit_record_append_only BEFORE DELETE OR UPDATE ON public.audit_record FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_record_no_truncate BEFORE TRUNCATE ON public.audit_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on audit_record to app;

table collection (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  slug text not null,
  name text not null,
  description text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  constraint collection_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint collection_pkey PRIMARY KEY (id),
  constraint collection_tenant_id_slug_key UNIQUE (tenant_id, slug)
);
row security of collection: enabled, forced;
policy tenant on collection for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on collection to app;

table conversation (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  user_id uuid not null,
  title text not null,
  pinned boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  constraint conversation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint conversation_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  constraint conversation_pkey PRIMARY KEY (id)
);
row security of conversation: enabled, forced;
CREATE INDEX conversation_user ON public.conversation USING btree (user_id, updated_at DESC);
policy tenant on conversation for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on conversation to app;

table document (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  collection_id uuid not null,
  title text not null,
  file_name text not null,
  media_type text not null,
  language text,
  bytes bigint not null,
  sha256 bytea not null,
  state text not null,
  reason_code text,
  reason text,
  pages integer,
  passages integer not null default 0,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  terms bigint not null default 0,
  folder_id uuid,
  access_id uuid not null,
  lineage_id uuid not null,
  version integer not null default 1,
  replaced_at timestamp with time zone,
  first_passage bigint,
  analyzer smallint not null default 0,
  changed_in bigint not null default 0,
  source_id uuid,
  notes text[] not null default '{}'::text[],
  released boolean not null default false,
  constraint document_notes_check CHECK ((cardinality(notes) <= 50)),
  constraint document_state_check CHECK ((state = ANY (ARRAY['received'::text, 'parsing'::text, 'screening'::text, 'indexing'::text, 'ready'::text, 'refused'::text, 'quarantined'::text]))),
  constraint document_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES collection(id),
  constraint document_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id) ON DELETE SET NULL,
  constraint document_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES folder(id),
  constraint document_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint document_pkey PRIMARY KEY (id)
);
row security of document: enabled, forced;
CREATE INDEX document_changed ON public.document USING btree (tenant_id, changed_in);
CREATE INDEX document_collection ON public.document USING btree (collection_id);
CREATE INDEX document_folder ON public.document USING btree (folder_id);
CREATE UNIQUE INDEX document_lineage ON public.document USING btree (lineage_id, version);
CREATE UNIQUE INDEX document_same_content ON public.document USING btree (tenant_id, collection_id, sha256) WHERE ((deleted_at IS NULL) AND (replaced_at IS NULL));
CREATE INDEX document_source ON public.document USING btree (source_id) WHERE (source_id IS NOT NULL);
CREATE INDEX document_under_way ON public.document USING btree (tenant_id, source_id) WHERE ((source_id IS NOT NULL) AND (state = ANY (ARRAY['received'::text, 'parsing'::text, 'screening'::text, 'indexing'::text])));
policy changed on document for update to public using ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
policy readable on document for select to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((( SELECT app_access() AS app_access) = 'all'::text) OR (access_id IN ( SELECT app_readable_access() AS app_readable_access))));
policy removed on document for delete to public using ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
policy written on document for insert to public with check ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
CREATE TRIGGER document_changed BEFORE INSERT OR UPDATE OF collection_id, access_id, state, deleted_at, replaced_at, first_passage ON public.document FOR EACH ROW EXECUTE FUNCTION document_changed();
CREATE TRIGGER document_versions_follow AFTER UPDATE OF access_id, folder_id, collection_id ON public.document FOR EACH ROW WHEN (((new.replaced_at IS NULL) AND (new.deleted_at IS NULL) AND (new.state = 'ready'::text) AND (((old.access_id IS DISTINCT FROM new.access_id) OR (old.folder_id IS DISTINCT FROM new.folder_id)) OR (old.collection_id IS DISTINCT FROM new.collection_id)))) EXECUTE FUNCTION document_versions_follow();
grant delete, insert, select, update on document to app;

table document_content (
  document_id uuid not null,
  tenant_id uuid not null,
  content bytea not null,
  alarms text[] not null default '{}'::text[],
  constraint document_content_alarms_check CHECK ((cardinality(alarms) <= 50)),
  constraint document_content_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id) ON DELETE CASCADE,
  constraint document_content_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint document_content_pkey PRIMARY KEY (document_id)
);
row security of document_content: enabled, forced;
policy changed on document_content for update to public using ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
policy readable on document_content for select to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((( SELECT app_access() AS app_access) = 'all'::text) OR (EXISTS ( SELECT
   FROM document d
  WHERE (d.id = document_content.document_id)))));
policy removed on document_content for delete to public using ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
policy written on document_content for insert to public with check ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
grant delete, insert, select, update on document_content to app;

table draft (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  user_id uuid not null,
  customer_message text not null,
  tone text not null default 'neutral'::text,
  content text not null default ''::text,
  citations jsonb not null default '[]'::jsonb,
  state text not null,
  refusal jsonb,
  reference text,
  model text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  document_ids uuid[] not null default '{}'::uuid[],
  marks jsonb not null default '[]'::jsonb,
  constraint draft_marks_check CHECK (((jsonb_typeof(marks) = 'array'::text) AND (jsonb_array_length(marks) <= 1000))),
  constraint draft_state_check CHECK ((state = ANY (ARRAY['writing'::text, 'draft'::text, 'approved'::text, 'refused'::text, 'failed'::text]))),
  constraint draft_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint draft_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  constraint draft_pkey PRIMARY KEY (id)
);
row security of draft: enabled, forced;
CREATE INDEX draft_user ON public.draft USING btree (user_id, updated_at DESC);
policy tenant on draft for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on draft to app;

table firewall_case (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  text text not null,
  role text not null,
  expected text not null,
  note text not null default ''::text,
  reference text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamp with time zone not null default now(),
  group_ids uuid[] not null default '{}'::uuid[],
  constraint firewall_case_expected_check CHECK ((expected = ANY (ARRAY['allow'::text, 'flag'::text, 'redact'::text, 'refuse'::text]))),
  constraint firewall_case_group_ids_check CHECK ((cardinality(group_ids) <= 1000)),
  constraint firewall_case_role_check CHECK ((role = ANY (ARRAY['user'::text, 'system'::text, 'assistant'::text, 'tool'::text, 'document'::text]))),
  constraint firewall_case_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint firewall_case_pkey PRIMARY KEY (id)
);
row security of firewall_case: enabled, forced;
CREATE INDEX firewall_case_tenant ON public.firewall_case USING btree (tenant_id, created_at);
policy tenant on firewall_case for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select on firewall_case to app;

table firewall_policy (
  tenant_id uuid not null,
  actions jsonb not null default '{}'::jsonb,
  version bigint not null default 1,
  updated_by uuid,
  updated_at timestamp with time zone not null default now(),
  setup jsonb not null default '{}'::jsonb,
  constraint firewall_policy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint firewall_policy_pkey PRIMARY KEY (tenant_id)
);
row security of firewall_policy: enabled, forced;
policy tenant on firewall_policy for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on firewall_policy to app;

table firewall_policy_version (
  tenant_id uuid not null,
  version bigint not null,
  setup jsonb not null,
  saved_by uuid,
  saved_by_name text not null,
  saved_at timestamp with time zone not null default now(),
  constraint firewall_policy_version_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint firewall_policy_version_pkey PRIMARY KEY (tenant_id, version)
);
row security of firewall_policy_version: enabled, forced;
policy tenant on firewall_policy_version for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select on firewall_policy_version to app;

table folder (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  collection_id uuid not null,
  parent_id uuid,
  name text not null,
  access_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint folder_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES collection(id),
  constraint folder_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES folder(id),
  constraint folder_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint folder_pkey PRIMARY KEY (id),
  constraint folder_collection_id_parent_id_name_key UNIQUE NULLS NOT DISTINCT (collection_id, parent_id, name)
);
row security of folder: enabled, forced;
policy tenant on folder for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on folder to app;

table forbidden_word (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  text text not null,
  category text not null default 'general'::text,
  action text not null,
  whole_word boolean,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  allow boolean not null default false,
  constraint forbidden_word_action_check CHECK ((action = ANY (ARRAY['log'::text, 'redact'::text, 'stop'::text]))),
  constraint forbidden_word_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint forbidden_word_pkey PRIMARY KEY (id),
  constraint forbidden_word_tenant_id_text_key UNIQUE (tenant_id, text)
);
row security of forbidden_word: enabled, forced;
policy tenant on forbidden_word for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on forbidden_word to app;

table group_member (
  tenant_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES user_group(id) ON DELETE CASCADE,
  constraint group_member_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint group_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  constraint group_member_pkey PRIMARY KEY (group_id, user_id)
);
row security of group_member: enabled, forced;
CREATE INDEX group_member_user ON public.group_member USING btree (user_id);
policy tenant on group_member for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on group_member to app;

table inference_engine_host (
  address text not null,
  said_at bigint not null,
  seen_at timestamp with time zone not null default clock_timestamp(),
  leaving boolean not null,
  constraint inference_engine_host_address_check CHECK ((length(address) <= 300)),
  constraint inference_engine_host_pkey PRIMARY KEY (address)
);
row security of inference_engine_host: disabled;

table inference_heartbeat (
  gateway_id uuid not null,
  engine text not null,
  running integer not null,
  waiting integer not null,
  beat_at timestamp with time zone not null default clock_timestamp(),
  constraint inference_heartbeat_counts_check CHECK (((running >= 0) AND (waiting >= 0))),
  constraint inference_heartbeat_engine_check CHECK ((length(engine) <= 400)),
  constraint inference_heartbeat_pkey PRIMARY KEY (gateway_id, engine)
);
row security of inference_heartbeat: disabled;

table message (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  conversation_id uuid not null,
  ordinal integer not null,
  role text not null,
  content text not null,
  citations jsonb not null default '[]'::jsonb,
  outcome text,
  refusal jsonb,
  reference text,
  model text,
  usage jsonb,
  rating text,
  rating_reason text,
  created_at timestamp with time zone not null default now(),
  document_ids uuid[] not null default '{}'::uuid[],
  suggestion jsonb,
  marks jsonb not null default '[]'::jsonb,
  constraint message_marks_check CHECK (((jsonb_typeof(marks) = 'array'::text) AND (jsonb_array_length(marks) <= 1000))),
  constraint message_rating_check CHECK ((rating = ANY (ARRAY['good'::text, 'bad'::text]))),
  constraint message_role_check CHECK ((role = ANY (ARRAY['user'::text, 'assistant'::text]))),
  constraint message_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  constraint message_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint message_pkey PRIMARY KEY (id),
  constraint message_conversation_id_ordinal_key UNIQUE (conversation_id, ordinal)
);
row security of message: enabled, forced;
policy tenant on message for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on message to app;

table passage (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  document_id uuid not null,
  ordinal integer not null,
  heading text not null default ''::text,
  page integer,
  content text not null,
  language text not null default 'en'::text,
  terms integer not null,
  constraint passage_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id) ON DELETE CASCADE,
  constraint passage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint passage_pkey PRIMARY KEY (id),
  constraint passage_document_id_ordinal_key UNIQUE (document_id, ordinal)
);
row security of passage: enabled, forced;
policy changed on passage for update to public using ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
policy readable on passage for select to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((( SELECT app_access() AS app_access) = 'all'::text) OR (EXISTS ( SELECT
   FROM document d
  WHERE (d.id = passage.document_id)))));
policy removed on passage for delete to public using ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
policy written on passage for insert to public with check ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
grant delete, insert, select, update on passage to app;

table passage_number (
  tenant_id uuid not null,
  next bigint not null default 0,
  constraint passage_number_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint passage_number_pkey PRIMARY KEY (tenant_id)
);
row security of passage_number: enabled, forced;
policy tenant on passage_number for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on passage_number to app;

table passage_vector (
  set_id uuid not null,
  passage_id uuid not null,
  tenant_id uuid not null,
  document_id uuid not null,
  hash bytea not null,
  signature bit varying not null,
  embedding real[] not null,
  constraint passage_vector_set_id_fkey FOREIGN KEY (set_id) REFERENCES vector_set(id) ON DELETE CASCADE,
  constraint passage_vector_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint passage_vector_pkey PRIMARY KEY (set_id, passage_id)
);
row security of passage_vector: enabled, forced;
CREATE INDEX passage_vector_document ON public.passage_vector USING btree (set_id, document_id);
CREATE INDEX passage_vector_hash ON public.passage_vector USING btree (set_id, hash);
policy tenant on passage_vector for all to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_access() AS app_access) = 'all'::text)) with check ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
grant delete, insert, select, update on passage_vector to app;

table posting_block (
  segment_id uuid not null,
  first_term bytea not null,
  tenant_id uuid not null,
  data bytea not null,
  constraint posting_block_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment(id) ON DELETE CASCADE,
  constraint posting_block_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint posting_block_pkey PRIMARY KEY (segment_id, first_term)
);
row security of posting_block: enabled, forced;
policy tenant on posting_block for all to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_access() AS app_access) = 'all'::text)) with check ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
grant delete, insert, select, update on posting_block to app;

table quota_policy (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  subject_kind text not null,
  subject_id uuid,
  requests_per_minute integer,
  tokens_per_day bigint,
  concurrent_questions integer,
  updated_at timestamp with time zone not null default now(),
  constraint quota_policy_check CHECK (((subject_kind = 'tenant'::text) = (subject_id IS NULL))),
  constraint quota_policy_concurrent_questions_check CHECK ((concurrent_questions >= 0)),
  constraint quota_policy_requests_per_minute_check CHECK ((requests_per_minute >= 0)),
  constraint quota_policy_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['tenant'::text, 'group'::text, 'user'::text]))),
  constraint quota_policy_tokens_per_day_check CHECK ((tokens_per_day >= 0)),
  constraint quota_policy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint quota_policy_pkey PRIMARY KEY (id),
  constraint quota_policy_tenant_id_subject_kind_subject_id_key UNIQUE NULLS NOT DISTINCT (tenant_id, subject_kind, subject_id)
);
row security of quota_policy: enabled, forced;
policy tenant on quota_policy for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on quota_policy to app;

table quota_reservation (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  user_id uuid,
  group_ids uuid[] not null default '{}'::uuid[],
  tokens bigint not null,
  window_day timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  token_subjects uuid[] not null default '{}'::uuid[],
  released_at timestamp with time zone,
  constraint quota_reservation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint quota_reservation_pkey PRIMARY KEY (id)
);
row security of quota_reservation: enabled, forced;
CREATE INDEX quota_reservation_expiry ON public.quota_reservation USING btree (tenant_id, expires_at);
policy tenant on quota_reservation for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on quota_reservation to app;

table quota_usage (
  tenant_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  measure text not null,
  window_start timestamp with time zone not null,
  used bigint not null default 0,
  reserved bigint not null default 0,
  constraint quota_usage_measure_check CHECK ((measure = ANY (ARRAY['requests'::text, 'tokens'::text, 'concurrent'::text]))),
  constraint quota_usage_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['tenant'::text, 'group'::text, 'user'::text]))),
  constraint quota_usage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint quota_usage_pkey PRIMARY KEY (tenant_id, subject_kind, subject_id, measure, window_start)
);
row security of quota_usage: enabled, forced;
CREATE INDEX quota_usage_minutes ON public.quota_usage USING btree (tenant_id, window_start) WHERE (measure = 'requests'::text);
policy tenant on quota_usage for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on quota_usage to app;

table reader (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  collection_id uuid,
  document_id uuid,
  principal text not null,
  effect text not null default 'allow'::text,
  folder_id uuid,
  constraint reader_check CHECK ((num_nonnulls(collection_id, folder_id, document_id) = 1)),
  constraint reader_effect_check CHECK ((effect = ANY (ARRAY['allow'::text, 'deny'::text]))),
  constraint reader_principal_check CHECK ((principal ~ '^(everyone|(user|group):[0-9a-f-]{36})$'::text)),
  constraint reader_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES collection(id) ON DELETE CASCADE,
  constraint reader_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id) ON DELETE CASCADE,
  constraint reader_folder_id_fkey FOREIGN KEY (folder_id) REFERENCES folder(id) ON DELETE CASCADE,
  constraint reader_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint reader_pkey PRIMARY KEY (id)
);
row security of reader: enabled, forced;
CREATE UNIQUE INDEX reader_collection ON public.reader USING btree (collection_id, principal) WHERE (collection_id IS NOT NULL);
CREATE UNIQUE INDEX reader_document ON public.reader USING btree (document_id, principal) WHERE (document_id IS NOT NULL);
CREATE UNIQUE INDEX reader_folder ON public.reader USING btree (folder_id, principal) WHERE (folder_id IS NOT NULL);
CREATE INDEX reader_principal ON public.reader USING btree (tenant_id, principal);
policy tenant on reader for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on reader to app;

table scan_hit (
  id bigint not null generated as identity,
  tenant_id uuid not null,
  reference text not null,
  at timestamp with time zone not null default now(),
  channel text not null,
  rule_id text not null,
  category text not null,
  severity text not null,
  action text not null,
  start_at integer not null,
  end_at integer not null,
  folds text[] not null default '{}'::text[],
  original text,
  folded text,
  masked text,
  constraint scan_hit_action_check CHECK ((action = ANY (ARRAY['log'::text, 'redact'::text, 'stop'::text]))),
  constraint scan_hit_masked_check CHECK (((masked IS NULL) OR ((original IS NULL) AND (folded IS NULL)))),
  constraint scan_hit_severity_check CHECK ((severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
  constraint scan_hit_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint scan_hit_pkey PRIMARY KEY (id)
);
row security of scan_hit: enabled, forced;
CREATE INDEX scan_hit_at ON public.scan_hit USING btree (tenant_id, at);
CREATE INDEX scan_hit_newest ON public.scan_hit USING btree (tenant_id, id);
CREATE INDEX scan_hit_reference ON public.scan_hit USING btree (tenant_id, reference);
policy readable on scan_hit for select to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_access() = 'all'::text));
policy removed on scan_hit for delete to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_access() = 'all'::text));
policy written on scan_hit for insert to public with check (tenant_id = app_tenant());
grant delete, insert, select on scan_hit to app;

table scanner_policy (
  tenant_id uuid not null,
  categories jsonb not null default '{}'::jsonb,
  keep_hits_days integer not null default 30,
  updated_by uuid,
  updated_at timestamp with time zone not null default now(),
  constraint scanner_policy_keep_hits_days_check CHECK ((keep_hits_days >= 1)),
  constraint scanner_policy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint scanner_policy_pkey PRIMARY KEY (tenant_id)
);
row security of scanner_policy: enabled, forced;
policy tenant on scanner_policy for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on scanner_policy to app;

table schema_migration (
  id integer not null default nextval('schema_migration_id_seq'::regclass),
  timestamp bigint not null,
  name character varying not null,
  constraint PK_0edff5015b71cc0389ae0f4b9a1 PRIMARY KEY (id)
);
row security of schema_migration: disabled;

table segment (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  level smallint not null,
  analyzer smallint not null,
  passages integer not null,
  terms bigint not null,
  bytes bigint not null,
  directory bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint segment_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint segment_pkey PRIMARY KEY (id)
);
row security of segment: enabled, forced;
CREATE INDEX segment_tenant ON public.segment USING btree (tenant_id, level);
policy tenant on segment for all to public using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_access() AS app_access) = 'all'::text)) with check ((tenant_id = app_tenant()) AND (app_access() = 'all'::text));
grant delete, insert, select, update on segment to app;

table session (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  previous_token_hash bytea,
  rotated_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_reason text,
  ip text,
  user_agent text,
  constraint session_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id)
);
row security of session: enabled, forced;
CREATE INDEX session_of_user ON public.session USING btree (user_id);
CREATE INDEX session_previous_token ON public.session USING btree (previous_token_hash) WHERE (previous_token_hash IS NOT NULL);
CREATE UNIQUE INDEX session_token ON public.session USING btree (token_hash);
policy tenant on session for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on session to app;

table sign_in_throttle (
  tenant_id uuid not null,
  key text not null,
  failures integer not null,
  first_failure_at timestamp with time zone not null,
  blocked_until timestamp with time zone,
  constraint sign_in_throttle_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint sign_in_throttle_pkey PRIMARY KEY (tenant_id, key)
);
row security of sign_in_throttle: enabled, forced;
policy tenant on sign_in_throttle for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on sign_in_throttle to app;

table source (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  collection_id uuid not null,
  name text not null,
  kind text not null,
  settings jsonb not null,
  secret bytea,
  target text not null default ''::text,
  include text[] not null default '{}'::text[],
  exclude text[] not null default '{}'::text[],
  max_file_bytes bigint not null,
  deletion_share integer not null,
  every_minutes integer,
  state text not null,
  pause_reason text,
  removal text,
  next_run_at timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint source_kind_check CHECK ((kind = ANY (ARRAY['folder'::text, 'git'::text, 'archive'::text, 'bucket'::text]))),
  constraint source_pause_reason_check CHECK ((pause_reason = ANY (ARRAY['person'::text, 'deletions'::text]))),
  constraint source_removal_check CHECK ((removal = ANY (ARRAY['keep'::text, 'delete'::text]))),
  constraint source_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'removing'::text]))),
  constraint source_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES collection(id),
  constraint source_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id) ON DELETE SET NULL,
  constraint source_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint source_pkey PRIMARY KEY (id),
  constraint source_name UNIQUE (tenant_id, name)
);
row security of source: enabled, forced;
CREATE INDEX source_collection ON public.source USING btree (collection_id);
CREATE INDEX source_due ON public.source USING btree (tenant_id, next_run_at);
policy tenant on source for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on source to app;

table source_archive (
  id uuid not null default gen_random_uuid(),
  source_id uuid not null,
  tenant_id uuid not null,
  file_name text not null,
  bytes bigint not null default 0,
  sha256 bytea,
  created_at timestamp with time zone not null default now(),
  constraint source_archive_source_id_fkey FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  constraint source_archive_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint source_archive_pkey PRIMARY KEY (id)
);
row security of source_archive: enabled, forced;
CREATE INDEX source_archive_source ON public.source_archive USING btree (source_id, created_at);
policy tenant on source_archive for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on source_archive to app;

table source_archive_part (
  archive_id uuid not null,
  ordinal integer not null,
  tenant_id uuid not null,
  content bytea not null,
  constraint source_archive_part_archive_id_fkey FOREIGN KEY (archive_id) REFERENCES source_archive(id) ON DELETE CASCADE,
  constraint source_archive_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint source_archive_part_pkey PRIMARY KEY (archive_id, ordinal)
);
row security of source_archive_part: enabled, forced;
policy tenant on source_archive_part for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on source_archive_part to app;

table source_item (
  source_id uuid not null,
  path text not null,
  tenant_id uuid not null,
  document_id uuid,
  fingerprint text,
  sha256 bytea,
  bytes bigint,
  state text not null,
  reason_code text,
  reason text,
  run_id uuid,
  updated_at timestamp with time zone not null default now(),
  constraint source_item_state_check CHECK ((state = ANY (ARRAY['taken'::text, 'skipped'::text, 'failed'::text]))),
  constraint source_item_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id),
  constraint source_item_source_id_fkey FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  constraint source_item_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint source_item_pkey PRIMARY KEY (source_id, path)
);
row security of source_item: enabled, forced;
CREATE INDEX source_item_document ON public.source_item USING btree (document_id);
CREATE INDEX source_item_state ON public.source_item USING btree (source_id, state);
policy tenant on source_item for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on source_item to app;

table source_run (
  id uuid not null default gen_random_uuid(),
  source_id uuid not null,
  tenant_id uuid not null,
  cause text not null,
  state text not null,
  phase text not null default 'listing'::text,
  lease uuid,
  allow_deletions boolean not null default false,
  cancel_requested boolean not null default false,
  listed integer not null default 0,
  processed integer not null default 0,
  to_process integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  moved integer not null default 0,
  deleted integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  missing integer not null default 0,
  error_code text,
  error text,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  reading_since timestamp with time zone,
  seen_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint source_run_cause_check CHECK ((cause = ANY (ARRAY['schedule'::text, 'person'::text, 'removal'::text]))),
  constraint source_run_phase_check CHECK ((phase = ANY (ARRAY['listing'::text, 'reading'::text, 'deleting'::text]))),
  constraint source_run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'stopped'::text]))),
  constraint source_run_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id) ON DELETE SET NULL,
  constraint source_run_source_id_fkey FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE,
  constraint source_run_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint source_run_pkey PRIMARY KEY (id)
);
row security of source_run: enabled, forced;
CREATE UNIQUE INDEX source_run_active ON public.source_run USING btree (source_id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX source_run_source ON public.source_run USING btree (source_id, created_at);
policy tenant on source_run for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on source_run to app;

table tenant (
  id uuid not null default gen_random_uuid(),
  slug text not null,
  name text not null,
  settings jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  constraint tenant_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
  constraint tenant_pkey PRIMARY KEY (id),
  constraint tenant_slug_key UNIQUE (slug)
);
row security of tenant: enabled, forced;
policy directory on tenant for select to owner using true;
policy tenant on tenant for all to public using (id = app_tenant()) with check (id = app_tenant());
grant select, update on tenant to app;

table user_group (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  name text not null,
  description text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  constraint user_group_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint user_group_pkey PRIMARY KEY (id),
  constraint user_group_tenant_id_name_key UNIQUE (tenant_id, name)
);
row security of user_group: enabled, forced;
policy tenant on user_group for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
CREATE TRIGGER reader_denies BEFORE DELETE ON public.user_group FOR EACH ROW EXECUTE FUNCTION reader_denies('group');
grant delete, insert, select, update on user_group to app;

table vector_document (
  set_id uuid not null,
  document_id uuid not null,
  tenant_id uuid not null,
  first_passage bigint not null,
  passages integer not null,
  constraint vector_document_set_id_fkey FOREIGN KEY (set_id) REFERENCES vector_set(id) ON DELETE CASCADE,
  constraint vector_document_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint vector_document_pkey PRIMARY KEY (set_id, document_id)
);
row security of vector_document: enabled, forced;
policy tenant on vector_document for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on vector_document to app;

table vector_set (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  model_key text not null,
  model text not null,
  dimensions integer,
  state text not null,
  embedded bigint not null default 0,
  working_ms bigint not null default 0,
  skipped bigint not null default 0,
  failure text,
  failed_at timestamp with time zone,
  retry_at timestamp with time zone,
  holder uuid,
  held_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  activated_at timestamp with time zone,
  retired_at timestamp with time zone,
  constraint vector_set_state_check CHECK ((state = ANY (ARRAY['building'::text, 'active'::text, 'retired'::text]))),
  constraint vector_set_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint vector_set_pkey PRIMARY KEY (id)
);
row security of vector_set: enabled, forced;
CREATE UNIQUE INDEX vector_set_active ON public.vector_set USING btree (tenant_id) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX vector_set_model ON public.vector_set USING btree (tenant_id, model_key) WHERE (state <> 'retired'::text);
policy tenant on vector_set for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on vector_set to app;

table word_list (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  name text not null,
  category text not null,
  action text not null,
  state text not null default 'checking'::text,
  stage text,
  file_name text not null,
  bytes bigint not null default 0,
  sha256 bytea,
  read_bytes bigint not null default 0,
  words integer not null default 0,
  report jsonb,
  preview jsonb,
  previewing boolean not null default false,
  cancel_requested boolean not null default false,
  failure text,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  constraint word_list_action_check CHECK ((action = ANY (ARRAY['log'::text, 'redact'::text, 'stop'::text]))),
  constraint word_list_stage_check CHECK ((stage = ANY (ARRAY['uploading'::text, 'waiting'::text, 'reading'::text, 'compiling'::text, 'previewing'::text]))),
  constraint word_list_state_check CHECK ((state = ANY (ARRAY['checking'::text, 'preview'::text, 'active'::text, 'undone'::text, 'failed'::text, 'discarded'::text]))),
  constraint word_list_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint word_list_pkey PRIMARY KEY (id)
);
row security of word_list: enabled, forced;
CREATE INDEX word_list_tenant ON public.word_list USING btree (tenant_id, created_at);
policy tenant on word_list for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on word_list to app;

table word_list_chunk (
  list_id uuid not null,
  ordinal integer not null,
  tenant_id uuid not null,
  words text[] not null,
  constraint word_list_chunk_list_id_fkey FOREIGN KEY (list_id) REFERENCES word_list(id) ON DELETE CASCADE,
  constraint word_list_chunk_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint word_list_chunk_pkey PRIMARY KEY (list_id, ordinal)
);
row security of word_list_chunk: enabled, forced;
policy tenant on word_list_chunk for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on word_list_chunk to app;

table word_list_part (
  list_id uuid not null,
  ordinal integer not null,
  tenant_id uuid not null,
  content bytea not null,
  constraint word_list_part_list_id_fkey FOREIGN KEY (list_id) REFERENCES word_list(id) ON DELETE CASCADE,
  constraint word_list_part_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint word_list_part_pkey PRIMARY KEY (list_id, ordinal)
);
row security of word_list_part: enabled, forced;
policy tenant on word_list_part for all to public using (tenant_id = ( SELECT app_tenant() AS app_tenant)) with check (tenant_id = app_tenant());
grant delete, insert, select, update on word_list_part to app;

table word_version (
  tenant_id uuid not null,
  version bigint not null,
  words_version bigint not null default 0,
  constraint word_version_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id),
  constraint word_version_pkey PRIMARY KEY (tenant_id)
);
row security of word_version: enabled, forced;
policy tenant on word_version for all to public using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant delete, insert, select, update on word_version to app;

sequence scan_hit_id_seq as bigint owned by scan_hit.id;
sequence schema_migration_id_seq as integer owned by schema_migration.id;
grant usage on schema public to public;
grant usage on schema public to app;

CREATE OR REPLACE FUNCTION public.app_access()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select coalesce(current_setting('app.access', true), '') $function$;
grant execute on function app_access() to public;

CREATE OR REPLACE FUNCTION public.app_principals()
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$ select string_to_array(coalesce(current_setting('app.principals', true), ''), ',') $function$;
grant execute on function app_principals() to public;

CREATE OR REPLACE FUNCTION public.app_readable_access()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
    select access_id from access_entry
     where tenant_id = (select app_tenant()) and principal = any ((select app_principals())::text[])
     group by access_id having bool_and(effect = 'allow')
  $function$;
grant execute on function app_readable_access() to public;

CREATE OR REPLACE FUNCTION public.app_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$;
grant execute on function app_tenant() to public;

CREATE OR REPLACE FUNCTION public.audit_append(records jsonb, OUT first_sequence bigint, OUT last_sequence bigint, OUT last_hash bytea)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  tenant constant uuid := app_tenant();
  entry jsonb;
  moment timestamptz;
  previous bytea;
begin
  if tenant is null or records is null or jsonb_typeof(records) <> 'array' or jsonb_array_length(records) = 0 then
    raise exception 'audit_append: invalid argument' using errcode = 'invalid_parameter_value';
  end if;
  -- Whatever the session, role or database was set to: an audit record is on disk when its commit returns.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;

  select h.sequence, h.hash into last_sequence, last_hash from audit_head h where h.tenant_id = tenant for update;
  if not found then
    insert into audit_head (tenant_id, sequence, hash) values (tenant, 0, decode(repeat('00', 32), 'hex'))
      on conflict (tenant_id) do nothing;
    select h.sequence, h.hash into strict last_sequence, last_hash from audit_head h where h.tenant_id = tenant for update;
  end if;
  first_sequence := last_sequence + 1;
  moment := date_trunc('milliseconds', clock_timestamp());

  for entry in select e from jsonb_array_elements(records) with ordinality a (e, n) order by n loop
    last_sequence := last_sequence + 1;
    previous := last_hash;
    last_hash := sha256(previous || convert_to(
      '{"tenant":"' || tenant
      || '","sequence":' || last_sequence
      || ',"id":"' || (entry ->> 'id')::uuid
      || '","recordedAt":"' || to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","kind":' || to_json(entry ->> 'kind')
      || ',"traceId":' || coalesce(to_json(entry ->> 'traceId')::text, 'null')
      || ',"actorId":' || coalesce(to_json((entry ->> 'actorId')::uuid)::text, 'null')
      || ',"actor":' || to_json(entry ->> 'actor')
      || ',"outcome":' || coalesce(to_json(entry ->> 'outcome')::text, 'null')
      || ',"detail":' || (entry -> 'detail')
      || '}', 'UTF8'));
    insert into audit_record
        (tenant_id, sequence, id, recorded_at, kind, trace_id, actor_id, actor, outcome, detail, previous_hash, hash)
      values (tenant, last_sequence, (entry ->> 'id')::uuid, moment, entry ->> 'kind', entry ->> 'traceId',
        (entry ->> 'actorId')::uuid, entry ->> 'actor', entry ->> 'outcome', entry -> 'detail', previous, last_hash);
  end loop;
  update audit_head h set sequence = last_sequence, hash = last_hash where h.tenant_id = tenant;
end $function$;
grant execute on function audit_append(jsonb) to app;

CREATE OR REPLACE FUNCTION public.document_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin new.changed_in := pg_current_xact_id()::text::bigint; return new; end $function$;
grant execute on function document_changed() to public;

CREATE OR REPLACE FUNCTION public.document_versions_follow()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin
  update document set access_id = new.access_id, folder_id = new.folder_id, collection_id = new.collection_id
   where lineage_id = new.lineage_id and id <> new.id and deleted_at is null
     and (access_id, folder_id, collection_id) is distinct from (new.access_id, new.folder_id, new.collection_id);
  return null;
end $function$;
grant execute on function document_versions_follow() to public;

CREATE OR REPLACE FUNCTION public.inference_beat(gateway uuid, beats jsonb, lapse_ms integer)
 RETURNS TABLE(gateway_id uuid, engine text, running integer, waiting integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
#variable_conflict use_column
declare cut timestamptz := clock_timestamp() - make_interval(secs => greatest(lapse_ms, 100) / 1000.0);
begin
  if jsonb_array_length(beats) > 64 then
    raise exception 'too many engines';
  end if;
  delete from public.inference_heartbeat h
   where h.beat_at < cut or h.beat_at > clock_timestamp() + interval '1 second'
      or (h.gateway_id = gateway and not exists (select from jsonb_array_elements(beats) b where b ->> 'engine' = h.engine));
  insert into public.inference_heartbeat (gateway_id, engine, running, waiting)
  select gateway, b ->> 'engine', (b ->> 'running')::integer, (b ->> 'waiting')::integer from jsonb_array_elements(beats) b
  on conflict on constraint inference_heartbeat_pkey
  do update set running = excluded.running, waiting = excluded.waiting, beat_at = clock_timestamp();
  return query select h.gateway_id, h.engine, h.running, h.waiting from public.inference_heartbeat h where h.gateway_id <> gateway;
end $function$;
grant execute on function inference_beat(uuid,jsonb,integer) to app;

CREATE OR REPLACE FUNCTION public.inference_host_say(host text, said bigint, leaves boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  delete from public.inference_engine_host h where h.seen_at < clock_timestamp() - interval '10 minutes';
  if (select count(*) from public.inference_engine_host h where h.address <> host) >= 64 then
    raise exception 'too many engine hosts';
  end if;
  insert into public.inference_engine_host as h (address, said_at, leaving) values (host, said, leaves)
  on conflict on constraint inference_engine_host_pkey
  do update set said_at = excluded.said_at, leaving = excluded.leaving, seen_at = clock_timestamp()
     where h.said_at < excluded.said_at or h.said_at > excluded.said_at + 120000;
  return found;
end $function$;
grant execute on function inference_host_say(text,bigint,boolean) to app;

CREATE OR REPLACE FUNCTION public.inference_hosts(lapse_ms integer)
 RETURNS TABLE(address text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select h.address from public.inference_engine_host h
   where not h.leaving and h.seen_at >= clock_timestamp() - make_interval(secs => greatest(lapse_ms, 100) / 1000.0)
   order by h.address
$function$;
grant execute on function inference_hosts(integer) to app;

CREATE OR REPLACE FUNCTION public.quota_expire(at_most integer, moment timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  tenant constant uuid := app_tenant();
  at constant timestamptz := coalesce(moment, clock_timestamp());
  expired uuid[];
begin
  select coalesce(array_agg(locked), '{}') into expired from (
    select r.id from quota_reservation r
     where r.tenant_id = tenant and r.expires_at <= at and r.released_at is null
     order by r.expires_at limit at_most for update skip locked) found (locked);
  perform 1 from quota_usage u
    where u.tenant_id = tenant and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
      and (u.subject_id, u.window_start) in (
        select unnest(r.token_subjects), r.window_day from quota_reservation r where r.id = any (expired))
    order by u.subject_kind, u.subject_id, u.window_start for no key update;
  update quota_usage u set reserved = greatest(0, u.reserved - given.tokens)
    from (select held.subject, r.window_day, sum(r.tokens) as tokens
            from quota_reservation r, unnest(r.token_subjects) held (subject)
           where r.id = any (expired) group by held.subject, r.window_day) given
   where u.tenant_id = tenant and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
     and u.subject_id = given.subject and u.window_start = given.window_day;
  update quota_reservation r set released_at = at where r.id = any (expired);
  delete from quota_reservation r
   where r.tenant_id = tenant and r.expires_at <= at - interval '1 day' and r.released_at <= at - interval '1 day';
  delete from quota_usage u
   where u.tenant_id = tenant and u.measure = 'requests' and u.window_start < at - interval '1 hour';
  return cardinality(expired);
end $function$;
grant execute on function quota_expire(integer,timestamp with time zone) to app;

CREATE OR REPLACE FUNCTION public.quota_reserve(caller uuid, caller_groups uuid[], wanted bigint, max_seconds integer, moment timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  tenant constant uuid := app_tenant();
  policies quota_policy[];
  policy quota_policy;
  subject uuid;
  at timestamptz;
  minute timestamptz;
  day timestamptz;
  taken bigint;
  returns_at timestamptz;
  refusal jsonb;
  refusal_rank integer := 0;
  token_subjects uuid[] := '{}';
  counts_concurrency boolean := false;
  reservation uuid;
begin
  if tenant is null or wanted is null or wanted < 0 or max_seconds is null or max_seconds < 1 then
    raise exception 'quota_reserve: invalid argument' using errcode = 'invalid_parameter_value';
  end if;

  select array_agg(locked) into policies from (
    select p from quota_policy p
     where p.tenant_id = tenant
       and (p.subject_kind = 'tenant'
            or (p.subject_kind = 'group' and p.subject_id = any (caller_groups))
            or (p.subject_kind = 'user' and p.subject_id = caller))
     order by p.subject_kind, p.subject_id
       for no key update) found (locked);
  if policies is null then
    return jsonb_build_object('admitted', true, 'limited', false, 'reservation', null);
  end if;

  -- Read after the locks are held: a call that waited belongs to the window in which it is admitted.
  at := coalesce(moment, clock_timestamp());
  minute := date_trunc('minute', at, 'UTC');
  day := date_trunc('day', at, 'UTC');

  foreach policy in array policies loop
    subject := coalesce(policy.subject_id, tenant);
    if policy.tokens_per_day is not null and refusal_rank < 3 then
      select coalesce(sum(u.used + u.reserved), 0) into taken from quota_usage u
       where u.tenant_id = tenant and u.subject_kind = policy.subject_kind and u.subject_id = subject
         and u.measure = 'tokens' and u.window_start = day;
      if taken + wanted > policy.tokens_per_day then
        refusal_rank := 3;
        refusal := jsonb_build_object('measure', 'tokens', 'subject', policy.subject_kind, 'limit', policy.tokens_per_day,
          'used', taken, 'resetsAt', day + interval '1 day');
      end if;
    end if;
    if policy.requests_per_minute is not null and refusal_rank < 2 then
      select coalesce(sum(u.used), 0) into taken from quota_usage u
       where u.tenant_id = tenant and u.subject_kind = policy.subject_kind and u.subject_id = subject
         and u.measure = 'requests' and u.window_start = minute;
      if taken + 1 > policy.requests_per_minute then
        refusal_rank := 2;
        refusal := jsonb_build_object('measure', 'requests', 'subject', policy.subject_kind,
          'limit', policy.requests_per_minute, 'used', taken, 'resetsAt', minute + interval '1 minute');
      end if;
    end if;
    if policy.concurrent_questions is not null and refusal_rank < 1 then
      select count(*), min(r.expires_at) into taken, returns_at from quota_reservation r
       where r.tenant_id = tenant and r.expires_at > at
         and (policy.subject_kind = 'tenant'
              or (policy.subject_kind = 'group' and r.group_ids @> array[subject])
              or (policy.subject_kind = 'user' and r.user_id = subject));
      if taken + 1 > policy.concurrent_questions then
        refusal_rank := 1;
        refusal := jsonb_build_object('measure', 'concurrent', 'subject', policy.subject_kind,
          'limit', policy.concurrent_questions, 'used', taken, 'resetsAt', returns_at);
      end if;
    end if;
  end loop;
  if refusal is not null then
    return jsonb_build_object('admitted', false, 'limited', true, 'at', at) || refusal;
  end if;

  foreach policy in array policies loop
    subject := coalesce(policy.subject_id, tenant);
    counts_concurrency := counts_concurrency or policy.concurrent_questions is not null;
    if policy.requests_per_minute is not null then
      insert into quota_usage as u (tenant_id, subject_kind, subject_id, measure, window_start, used)
        values (tenant, policy.subject_kind, subject, 'requests', minute, 1)
        on conflict (tenant_id, subject_kind, subject_id, measure, window_start) do update set used = u.used + 1;
    end if;
    if policy.tokens_per_day is not null then
      insert into quota_usage as u (tenant_id, subject_kind, subject_id, measure, window_start, reserved)
        values (tenant, policy.subject_kind, subject, 'tokens', day, wanted)
        on conflict (tenant_id, subject_kind, subject_id, measure, window_start)
          do update set reserved = u.reserved + wanted;
      token_subjects := token_subjects || subject;
    end if;
  end loop;
  if counts_concurrency or token_subjects <> '{}' then
    insert into quota_reservation (tenant_id, user_id, group_ids, tokens, token_subjects, window_day, created_at, expires_at)
      values (tenant, caller, caller_groups, wanted, token_subjects, day, at, at + make_interval(secs => max_seconds))
      returning id into reservation;
  end if;
  return jsonb_build_object('admitted', true, 'limited', true, 'reservation', reservation);
end $function$;
grant execute on function quota_reserve(uuid,uuid[],bigint,integer,timestamp with time zone) to app;

CREATE OR REPLACE FUNCTION public.quota_reserve(callers uuid[], caller_groups text[], wanted bigint[], max_seconds integer[], moment timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  tenant constant uuid := app_tenant();
  questions constant integer := cardinality(callers);
  groups uuid[] := '{}';
  -- of the policies, in the order of their locks
  kinds text[];
  subjects uuid[];
  request_limits integer[];
  token_limits bigint[];
  running_limits integer[];
  requests bigint[];
  tokens bigint[];
  running bigint[];
  ends timestamptz[];
  requests_taken bigint[];
  tokens_taken bigint[];
  -- of the questions
  reservations uuid[] := array_fill(null::uuid, array[questions]);
  held_subjects text[] := array_fill(null::text, array[questions]);
  decisions jsonb := '[]';
  -- of one question
  own integer[];
  refusal jsonb;
  refusal_rank integer;
  token_subjects uuid[];
  counts_concurrency boolean;
  k integer;
  at timestamptz;
  minute timestamptz;
  day timestamptz;
begin
  if tenant is null or wanted is null or array_position(wanted, null) is not null or 0 > any (wanted)
     or max_seconds is null or array_position(max_seconds, null) is not null or 1 > any (max_seconds)
     or (cardinality(caller_groups) = questions and cardinality(wanted) = questions
         and cardinality(max_seconds) = questions) is not true then
    raise exception 'quota_reserve: invalid argument' using errcode = 'invalid_parameter_value';
  end if;

  for n in 1 .. questions loop
    groups := groups || caller_groups[n]::uuid[];
  end loop;
  select array_agg(p.subject_kind), array_agg(coalesce(p.subject_id, tenant)), array_agg(p.requests_per_minute),
         array_agg(p.tokens_per_day), array_agg(p.concurrent_questions)
    into kinds, subjects, request_limits, token_limits, running_limits
    from (select * from quota_policy p
           where p.tenant_id = tenant
             and (p.subject_kind = 'tenant'
                  or (p.subject_kind = 'group' and p.subject_id = any (groups))
                  or (p.subject_kind = 'user' and p.subject_id = any (callers)))
           order by p.subject_kind, p.subject_id
             for no key update) p;

  -- Read after the locks are held: a call that waited belongs to the window in which it is admitted.
  at := coalesce(moment, clock_timestamp());
  minute := date_trunc('minute', at, 'UTC');
  day := date_trunc('day', at, 'UTC');
  if kinds is not null then
    select array_agg(coalesce(m.used, 0) order by p.n), array_agg(coalesce(d.used + d.reserved, 0) order by p.n),
           array_agg(r.count order by p.n), array_agg(r.ends order by p.n)
      into requests, tokens, running, ends
      from unnest(kinds, subjects, running_limits) with ordinality p (kind, subject, running_limit, n)
      left join quota_usage m on m.tenant_id = tenant and m.subject_kind = p.kind and m.subject_id = p.subject
            and m.measure = 'requests' and m.window_start = minute
      left join quota_usage d on d.tenant_id = tenant and d.subject_kind = p.kind and d.subject_id = p.subject
            and d.measure = 'tokens' and d.window_start = day
     cross join lateral (
           select count(*), min(r.expires_at) as ends from quota_reservation r
            where p.running_limit is not null and r.tenant_id = tenant and r.expires_at > at
              and (p.kind = 'tenant'
                   or (p.kind = 'group' and r.group_ids @> array[p.subject])
                   or (p.kind = 'user' and r.user_id = p.subject))) r;
    requests_taken := array_fill(null::bigint, array[cardinality(kinds)]);
    tokens_taken := requests_taken;
  end if;

  for n in 1 .. questions loop
    groups := caller_groups[n]::uuid[];
    own := '{}';
    refusal := null;
    refusal_rank := 0;
    for k in 1 .. coalesce(cardinality(kinds), 0) loop
      continue when (kinds[k] = 'user' and subjects[k] is distinct from callers[n])
                 or (kinds[k] = 'group' and (subjects[k] = any (groups)) is not true);
      own := own || k;
      if refusal_rank < 3 and tokens[k] + wanted[n] > token_limits[k] then
        refusal_rank := 3;
        refusal := jsonb_build_object('measure', 'tokens', 'subject', kinds[k], 'limit', token_limits[k],
          'used', tokens[k], 'resetsAt', day + interval '1 day');
      end if;
      if refusal_rank < 2 and requests[k] + 1 > request_limits[k] then
        refusal_rank := 2;
        refusal := jsonb_build_object('measure', 'requests', 'subject', kinds[k], 'limit', request_limits[k],
          'used', requests[k], 'resetsAt', minute + interval '1 minute');
      end if;
      if refusal_rank < 1 and running[k] + 1 > running_limits[k] then
        refusal_rank := 1;
        refusal := jsonb_build_object('measure', 'concurrent', 'subject', kinds[k], 'limit', running_limits[k],
          'used', running[k], 'resetsAt', ends[k]);
      end if;
    end loop;
    if refusal is not null then
      decisions := decisions || (jsonb_build_object('admitted', false, 'limited', true, 'at', at) || refusal);
      continue;
    end if;

    token_subjects := '{}';
    counts_concurrency := false;
    foreach k in array own loop
      if request_limits[k] is not null then
        requests[k] := requests[k] + 1;
        requests_taken[k] := coalesce(requests_taken[k], 0) + 1;
      end if;
      if token_limits[k] is not null then
        tokens[k] := tokens[k] + wanted[n];
        tokens_taken[k] := coalesce(tokens_taken[k], 0) + wanted[n];
        token_subjects := token_subjects || subjects[k];
      end if;
      counts_concurrency := counts_concurrency or running_limits[k] is not null;
    end loop;
    if counts_concurrency or token_subjects <> '{}' then
      reservations[n] := gen_random_uuid();
      held_subjects[n] := token_subjects;
      -- It runs for every policy of its caller, and for no other.
      foreach k in array own loop
        running[k] := running[k] + 1;
        ends[k] := least(ends[k], at + make_interval(secs => max_seconds[n]));
      end loop;
    end if;
    decisions := decisions || jsonb_build_object('admitted', true, 'limited', own <> '{}', 'reservation', reservations[n]);
  end loop;

  if kinds is not null then
    insert into quota_usage as u (tenant_id, subject_kind, subject_id, measure, window_start, used, reserved)
      select tenant, taken.kind, taken.subject, taken.measure, taken.window_start, taken.used, taken.reserved
        from (select p.kind, p.subject, 'requests' as measure, minute as window_start, p.requests as used, 0 as reserved
                from unnest(kinds, subjects, requests_taken) p (kind, subject, requests) where p.requests is not null
              union all
              select p.kind, p.subject, 'tokens', day, 0, p.tokens
                from unnest(kinds, subjects, tokens_taken) p (kind, subject, tokens) where p.tokens is not null) taken
       order by taken.kind, taken.subject, taken.measure
      on conflict (tenant_id, subject_kind, subject_id, measure, window_start)
        do update set used = u.used + excluded.used, reserved = u.reserved + excluded.reserved;
    insert into quota_reservation (id, tenant_id, user_id, group_ids, tokens, token_subjects, window_day, created_at, expires_at)
      select q.id, tenant, q.caller, q.groups::uuid[], q.tokens, q.subjects::uuid[], day, at, at + make_interval(secs => q.seconds)
        from unnest(reservations, callers, caller_groups, wanted, held_subjects, max_seconds)
               q (id, caller, groups, tokens, subjects, seconds)
       where q.id is not null;
  end if;
  return decisions;
end $function$;
grant execute on function quota_reserve(uuid[],text[],bigint[],integer[],timestamp with time zone) to app;

CREATE OR REPLACE FUNCTION public.quota_settle(reservation uuid, spent bigint)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  held quota_reservation;
begin
  if spent is null or spent < 0 then
    raise exception 'quota_settle: invalid argument' using errcode = 'invalid_parameter_value';
  end if;
  delete from quota_reservation r where r.id = reservation and r.tenant_id = app_tenant() returning * into held;
  if not found then
    return false;
  end if;
  perform 1 from quota_usage u
    where u.tenant_id = held.tenant_id and u.subject_kind in ('group', 'tenant', 'user')
      and u.subject_id = any (held.token_subjects) and u.measure = 'tokens' and u.window_start = held.window_day
    order by u.subject_kind, u.subject_id for no key update;
  update quota_usage u
     set used = u.used + spent,
         reserved = greatest(0, u.reserved - case when held.released_at is null then held.tokens else 0 end)
   where u.tenant_id = held.tenant_id and u.subject_kind in ('group', 'tenant', 'user')
     and u.subject_id = any (held.token_subjects) and u.measure = 'tokens' and u.window_start = held.window_day;
  return true;
end $function$;
grant execute on function quota_settle(uuid,bigint) to app;

CREATE OR REPLACE FUNCTION public.quota_settle(reservations uuid[], spent bigint[])
 RETURNS boolean[]
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  gone uuid[];
  -- of the rows that hold what is settled
  subjects uuid[];
  days timestamptz[];
  charged bigint[];
  freed bigint[];
begin
  if (cardinality(reservations) = cardinality(spent)) is not true
     or array_position(spent, null) is not null or 0 > any (spent) then
    raise exception 'quota_settle: invalid argument' using errcode = 'invalid_parameter_value';
  end if;
  with held as (
    delete from quota_reservation r where r.id = any (reservations) and r.tenant_id = app_tenant() returning r.*
  ), told as (
    select distinct on (t.id) t.id, t.tokens from unnest(reservations, spent) with ordinality t (id, tokens, n)
     order by t.id, t.n
  ), owed as (
    select s.subject, h.window_day, sum(t.tokens)::bigint as charged,
           sum(case when h.released_at is null then h.tokens else 0 end)::bigint as freed
      from held h join told t on t.id = h.id, unnest(h.token_subjects) s (subject)
     group by s.subject, h.window_day
  )
  select (select array_agg(h.id) from held h), array_agg(o.subject), array_agg(o.window_day), array_agg(o.charged), array_agg(o.freed)
    into gone, subjects, days, charged, freed from owed o;
  if cardinality(subjects) > 1 then
    perform 1 from quota_usage u
      where u.tenant_id = app_tenant() and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
        and (u.subject_id, u.window_start) in (select * from unnest(subjects, days))
      order by u.subject_kind, u.subject_id, u.window_start for no key update;
  end if;
  update quota_usage u
     set used = u.used + o.charged, reserved = greatest(0, u.reserved - o.freed)
    from unnest(subjects, days, charged, freed) o (subject, day, charged, freed)
   where u.tenant_id = app_tenant() and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
     and u.subject_id = o.subject and u.window_start = o.day;
  return array(select (t.id = any (gone)) is true and array_position(reservations, t.id) = t.n
                 from unnest(reservations) with ordinality t (id, n) order by t.n);
end $function$;
grant execute on function quota_settle(uuid[],bigint[]) to app;

CREATE OR REPLACE FUNCTION public.reader_denies()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin
    if exists (select from reader where tenant_id = old.tenant_id and effect = 'deny'
                 and principal = tg_argv[0] || ':' || old.id) then
      raise exception 'it is denied to read something' using errcode = 'restrict_violation', constraint = 'reader_denies';
    end if;
    return old;
  end $function$;
grant execute on function reader_denies() to public;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception 'audit records are append-only' using errcode = 'insufficient_privilege'; end $function$;
grant execute on function refuse_change() to public;

CREATE OR REPLACE FUNCTION public.tenant_by_slug(wanted text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select id from public.tenant where slug = wanted $function$;
grant execute on function tenant_by_slug(text) to app;

CREATE OR REPLACE FUNCTION public.tenant_ids()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select id from public.tenant order by created_at $function$;
grant execute on function tenant_ids() to app;

CREATE OR REPLACE FUNCTION public.vector_index(wanted uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  size integer := (select dimensions from public.vector_set where id = wanted and tenant_id = public.app_tenant());
  place text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                  where e.extname = 'vector'
                    and exists (select from pg_type t where t.typnamespace = n.oid and t.typname = 'halfvec'));
begin
  -- pgvector's index takes no more dimensions.
  if size is null or place is null or size > 4000 then return false; end if;
  -- Most of the graph is then built in memory.
  perform set_config('maintenance_work_mem', '512MB', true);
  execute format('create index if not exists %I on public.passage_vector
                    using hnsw ((embedding::%I.halfvec(%s)) %I.halfvec_cosine_ops) where set_id = %L',
                 'passage_vector_' || replace(wanted::text, '-', ''), place, size, place, wanted);
  return true;
end $function$;
grant execute on function vector_index(uuid) to app;

CREATE OR REPLACE FUNCTION public.vector_index_drop(wanted uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  if exists (select from public.vector_set where id = wanted and tenant_id = public.app_tenant()) then
    execute format('drop index if exists public.%I', 'passage_vector_' || replace(wanted::text, '-', ''));
  end if;
end $function$;
grant execute on function vector_index_drop(uuid) to app;
