#!/bin/sh
# The application's role: it owns nothing and does not bypass row-level security.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$LOREKEEP_APP_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role lorekeep_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'password';
grant connect on database lorekeep to lorekeep_app;
SQL
