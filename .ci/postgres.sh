#!/usr/bin/env bash
# postgres.sh COMMAND…: runs a command with DATABASE_URL set to a PostgreSQL cluster that lives only as long.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
port=$("${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cluster=$(mktemp -d /tmp/portal-postgres.XXXXXX)

# PostgreSQL refuses to run as root; elsewhere the caller's own account will do.
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$cluster"
    as_owner() { (cd / && setpriv --reuid postgres --regid postgres --init-groups "$@"); }
fi
stop() {
    as_owner "$bin/pg_ctl" --pgdata "$cluster/data" --mode immediate --silent stop || true
    rm -rf "$cluster"
}
trap stop EXIT

as_owner "$bin/initdb" --pgdata "$cluster/data" --username portal --auth trust --encoding UTF8 --locale C.UTF-8 \
    >"$cluster/initdb.log"
# Nothing here has to survive a power cut, so nothing waits for the disk. A race of fifty may run in every process at once.
as_owner "$bin/pg_ctl" --pgdata "$cluster/data" --log "$cluster/data/server.log" --silent --wait start --options \
    "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$cluster -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400"

DATABASE_URL="postgresql://portal@127.0.0.1:$port/postgres" "$@"
