#!/usr/bin/env bash
# bare-debian.sh: proves on a Debian 12 with nothing but python3, python3-venv, make and ca-certificates that
# `make run` answers with the demo and `make test` passes, from a clean clone. Prints the minutes. Needs root and debootstrap.
#   MIRROR  where debootstrap fetches Debian, if not from its default    BARE  an existing tree to use instead, which is then kept
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
root=${BARE:-$work/debian}
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mounted=()
server=

clean_up() {
    [ -z "$server" ] || kill -TERM -- "-$server" 2>/dev/null || true
    for ((i = ${#mounted[@]} - 1; i >= 0; i--)); do umount "${mounted[i]}" || umount --lazy "${mounted[i]}"; done
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT

show() { # show PATH: the same folder or file, read-only, inside the bare system
    [ -e "$1" ] && ! mountpoint -q "$root$1" || return 0
    if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$(dirname "$root$1")" && touch "$root$1"; fi
    mount --bind -o ro "$1" "$root$1" && mounted+=("$root$1")
}
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 PORT="$port" "${passed[@]}" \
        chroot "$root" sh -c "cd /portal && $1"
}
minutes() { echo "$1: $(((SECONDS - started) / 60)) min $(((SECONDS - started) % 60)) s"; }

started=$SECONDS
if [ ! -d "$root/usr" ]; then
    debootstrap --variant=minbase --include=python3,python3-venv,make,ca-certificates \
        bookworm "$root" ${MIRROR:+"$MIRROR"} >"$work/debootstrap.log"
fi
minutes "debootstrap"
rm -rf "$root/portal"
git clone --quiet . "$root/portal"
mount -t proc proc "$root/proc" && mounted+=("$root/proc")
cp /etc/resolv.conf "$root/etc/resolv.conf"

# Whatever this machine tells its pip (settings, certificates, folders with packages) holds for the bare one too.
mapfile -t passed < <(env | grep -iE '^(pip_|https?_proxy|no_proxy)' || true)
for file in /etc/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf"; do show "$file"; done
for word in $(python3 -m pip config list 2>/dev/null | tr "='" '  '); do
    case $word in
        file:///*/simple) show "$(dirname "${word#file://}")" ;;
        file:///*) show "${word#file://}" ;;
        /*) show "$word" ;;
    esac
done

started=$SECONDS
set -m
inside "make run" >"$work/run.log" 2>&1 &
server=$!
set +m
answer() { inside "python3 -c 'import urllib.request as u; print(u.urlopen(\"http://127.0.0.1:$port$1\").read().decode())'" 2>/dev/null; }
until answer /healthz >/dev/null; do
    kill -0 "$server" 2>/dev/null || { cat "$work/run.log" >&2; echo "make run ended before it answered" >&2; exit 1; }
    sleep 2
done
minutes "make run answers"
[[ $(answer /) =~ href=\"/groups/[a-z0-9-]+/\" ]] || { echo "The home page shows no group" >&2; exit 1; }
[[ $(answer /groups/) == *TAMA24* ]] || { echo "The list of groups does not show the demo" >&2; exit 1; }
kill -TERM -- "-$server"
wait "$server" || true
server=
tail -n 12 "$work/run.log"

started=$SECONDS
inside "make test" >"$work/test.log" 2>&1 || { tail -n 60 "$work/test.log" >&2; exit 1; }
tail -n 4 "$work/test.log"
minutes "make test"
