#!/bin/sh
# Runs web.mjs with the machine's Node, or says in a line what is missing: web.sh build OUTPUT,
# web.sh test. Maven calls it.
set -eu

NEEDED=20.19

fail() {
  echo "The web app cannot be built: $1. Node $NEEDED or later with npm is needed;" \
    "-Dweb.skip builds without the web app." >&2
  exit 1
}

# Whether a version such as 22.1.0 is no less than the needed one.
is_enough() {
  major=${1%%.*}
  rest=${1#*.}
  minor=${rest%%.*}
  [ "$major" -gt "${NEEDED%.*}" ] ||
    { [ "$major" -eq "${NEEDED%.*}" ] && [ "$minor" -ge "${NEEDED#*.}" ]; }
}

command -v node >/dev/null || fail "node is not on the PATH"
command -v npm >/dev/null || fail "npm is not on the PATH"
version=$(node -p process.versions.node)
is_enough "$version" || fail "node is $version"
exec node "$(dirname "$0")/web.mjs" "$@"
