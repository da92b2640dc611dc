#!/usr/bin/env bash
# venv.sh LOCKFILE: a virtual environment that holds what the lock file names; quick when nothing changed.
set -euo pipefail

lock=$1
stamp=.venv/.installed-${lock%.txt}

wanted=$(sha256sum "$lock" | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

# Debian's own Python is built with every optimisation, another one on the path often without: a third slower.
python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=${PYTHON:-python3}
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "The portal needs Python 3.11 or newer; '$python' is older or absent. Name another one: make PYTHON=python3.12 …" >&2
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv || { echo "To continue: apt-get install -y python3-venv" >&2; exit 1; }
fi
echo "Installing $lock …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
echo "$wanted" >"$stamp"
