#!/usr/bin/env bash
# serve.sh: brings the database up to date, fills an empty one with the demo, and serves the portal.
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

END
exec .venv/bin/gunicorn iri_exchange.wsgi --bind "127.0.0.1:$PORT" --workers 2 --threads 4 --log-level warning
