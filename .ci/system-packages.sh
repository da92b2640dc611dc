#!/usr/bin/env bash
# system-packages.sh PACKAGE…: makes sure that these Debian packages are there.
# root installs what is missing; anybody else is told the one line to run.
set -euo pipefail

if ! command -v dpkg-query >/dev/null; then
    exit 0 # not a Debian: `manage.py check` names what the portal misses
fi

missing=()
for package in "$@"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "Debian packages are missing. Please run:  sudo apt-get install -y ${missing[*]}" >&2
    exit 1
fi

echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() { apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; }
# The package lists may be absent or old: one retry with fresh ones.
install || { apt-get update -qq >>"$log" 2>&1 && install; } || { tail -n 30 "$log" >&2; exit 1; }
