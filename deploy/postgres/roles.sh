#!/usr/bin/env bash
# Makes a database and two roles for each service, or brings them to this form; run it at will.
#
#   <service>_owner  owns the database yingbao_<service> and migrates it
#   <service>_run    may connect; what else it may do is granted by `yingbao migrate`
#
# Nobody else may connect. Needs psql 15 or newer and a superuser: PGHOST, PGPORT, PGUSER and
# PGPASSWORD say where and who. Passwords come from OWNER_PASSWORD_<SERVICE> and
# RUN_PASSWORD_<SERVICE>, or from the files that these names with _FILE point to; never from the
# command line, which others on the machine can read. Also fits /docker-entrypoint-initdb.d.
set -euo pipefail

SERVICES=${SERVICES:-gateway intake review payments reporting}
export PGUSER=${PGUSER:-${POSTGRES_USER:-postgres}}
export PGDATABASE=postgres PGOPTIONS='-c client_min_messages=warning'

# password NAME: the value of NAME, or the content of the file that NAME_FILE points to.
password() {
    local file=$1_FILE
    if [ -n "${!1:-}" ]; then
        printf %s "${!1}"
    elif [ -n "${!file:-}" ] && [ -s "${!file}" ]; then
        cat "${!file}"
    else
        echo "缺少密码：请设置 $1 或 $file。A password is missing: set $1 or $file." >&2
        return 1
    fi
}

tell() {
    psql --no-psqlrc --no-password --quiet --set ON_ERROR_STOP=1 "$@"
}

tell <<'SQL'
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
SQL

for service in $SERVICES; do
    OWNER_PASSWORD=$(password "OWNER_PASSWORD_${service^^}")
    RUN_PASSWORD=$(password "RUN_PASSWORD_${service^^}")
    export OWNER_PASSWORD RUN_PASSWORD
    tell --set database="yingbao_$service" --set owner="${service}_owner" \
        --set run="${service}_run" <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv run_password RUN_PASSWORD
SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY[:'owner', :'run']) AS name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
    PASSWORD :'owner_password';
ALTER ROLE :"run" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
    PASSWORD :'run_password';
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING %L LOCALE %L',
              :'database', :'owner', 'UTF8', 'C')
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"run";
\connect :"database"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"run";
SQL
done
