#!/usr/bin/env bash
# serve.sh: brings the database up to date, fills an empty one with the demo, and serves the portal,
# with the worker beside it. Both end together.
set -euo pipefail

manage() { .venv/bin/python manage.py "$@"; }

manage migrate --verbosity 0
manage createcachetable
if manage shell --verbosity 0 -c 'import sys; from groups.models import Office; sys.exit(Office.objects.exists())'; then
    echo "The database is empty: loading the demo …"
    manage demo
fi
manage collectstatic --noinput --verbosity 0

cat <<END

  異業種交流ポータル: $SITE_URL/

  In the demo (password koryu-demo-2026):
    office@demo.example.jp      office staff
    secretary@demo.example.jp   secretary of TAMA24
    member@demo.example.jp      member of TAMA24
  Letters are shown on $SITE_URL/demo/letters/

END

.venv/bin/gunicorn iri_exchange.wsgi --bind "127.0.0.1:$PORT" --workers 2 --threads 4 --log-level warning &
server=$!
start_worker() {
    .venv/bin/python manage.py worker &
    worker=$!
}
start_worker
trap 'kill "$server" "$worker" 2>/dev/null || true; wait' EXIT
trap 'exit 0' INT TERM

# The server's end is the end. A worker that a file has killed comes back.
while true; do
    wait -n "$server" "$worker" || true
    kill -0 "$server" 2>/dev/null || break
    sleep 1
    start_worker
done
wait "$server"
