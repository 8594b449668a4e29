#!/usr/bin/env bash
# Builds the Dockerfile as it stands, without a registry of images, and serves from it.
#
# In place of the image that FROM names stands one of Debian's own packages, in a store
# that nothing else uses. It is made once, and kept in the user's cache.
set -euo pipefail
cd "$(dirname "$0")/.."

suite=trixie
port=$(python3 -c 'import socket; one = socket.create_server(("127.0.0.1", 0)); print(one.getsockname()[1])')
bundle=/etc/ssl/certs/ca-certificates.crt
cache=${XDG_CACHE_HOME:-$HOME/.cache}/whatnext-image
scratch=$(mktemp -d)
container=
server=

say() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

clean() {
  # Not through buildah, which would end and leave it behind.
  [ -z "$server" ] || { inside sh -c 'kill "$(cat /data/server)"'; wait "$server"; } || true
  [ -z "$container" ] || build rm "$container" >/dev/null || true
  # What the last run has left, which has no name any more.
  build rmi --prune >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap clean EXIT

build() { buildah --root "$cache/store" --runroot "$scratch/run" "$@"; }

inside() { build run "$container" -- "$@"; }

need() {
  [ "$(id -u)" = 0 ] || { echo 'It needs root, as debootstrap does.'; exit 1; }
  for tool in buildah debootstrap curl; do
    command -v $tool >/dev/null || { echo "It needs $tool: apt-get install $tool"; exit 1; }
  done
}

make_base() {
  say "A base of Debian $suite, in place of $1"
  # From wherever this machine has its packages.
  mirror=$(apt-get indextargets --format '$(SITE)' | head -n 1)
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
    "$suite" "$scratch/base" "$mirror" >"$scratch/debootstrap.log" 2>&1 \
    || { tail "$scratch/debootstrap.log"; exit 1; }
  rm -rf "$scratch"/base/var/cache/apt/* "$scratch"/base/var/lib/apt/lists/*
  ln -s python3 "$scratch/base/usr/bin/python"
  made=$(build from scratch)
  build add --quiet "$made" "$scratch/base" / >/dev/null
  build config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$made"
  build commit --quiet --rm "$made" "$1" >/dev/null
  rm -rf "$scratch/base"
}

list_words() {
  build inspect --type image whatnext | python3 -c "
import json, sys
found = json.load(sys.stdin)['Docker']['config']
for name in '$1'.split('.'):
    found = found[name]
print(*(one.replace('8000', '$port') for one in found), sep='\\0', end='\\0')"
}

need
export BUILDAH_ISOLATION=chroot
base=$(awk '$1 == "FROM" { print $2; exit }' Dockerfile)
build inspect --type image "$base" >/dev/null 2>&1 || make_base "$base"

say 'Every step of the Dockerfile'
# How this machine reaches its packages is lent to the steps, and is not in the image.
printf '[global]\ncert = %s\n' "$bundle" >"$scratch/pip.conf"
index=$(python3 -m pip config get global.index-url 2>/dev/null || true)
[ -z "$index" ] || printf 'index-url = %s\n' "$index" >>"$scratch/pip.conf"
build build --quiet --pull-never --format docker --tag whatnext \
  --volume "$bundle:$bundle:ro" --volume "$scratch/pip.conf:/etc/pip.conf:ro" .
build images

say 'A container of it, run by its own user'
container=$(build from --pull-never whatnext)
# As the image says it, and on this machine alone.
mapfile -d '' -t start < <(list_words Cmd)
mapfile -d '' -t health < <(list_words Healthcheck.Test)
inside sh -c 'id && touch /data/x && rm /data/x && ! touch app/x 2>/dev/null'
inside whatnext prepare
inside sh -c 'echo $$ >/data/server; exec "$@"' sh \
  "${start[@]}" --prepared --host 127.0.0.1 --port "$port" &
server=$!
for _ in $(seq 100); do
  curl --silent --fail "127.0.0.1:$port/readyz" && break
  kill -0 "$server" 2>/dev/null || { echo 'It ended.'; exit 1; }
  sleep 0.3
done
echo
curl --silent --fail "127.0.0.1:$port/v1/treatments?category=injection&fields=name&limit=2"
echo
inside "${health[@]:1}"
inside whatnext backup /data/backup.db
inside whatnext doctor
say 'All is well'
