#!/usr/bin/env bash
# Gets Compose v2 beside the v1 that Debian 12 has: unpacks the package of the next Debian into a folder, outside of the
# system, from the mirror that this machine's apt uses. Prints the program's path; fails where it cannot be had.
#   compose-v2.sh [FOLDER]        FOLDER: where it goes (~/.cache/ringmaster/compose-v2)
set -euo pipefail
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/ringmaster/compose-v2}
suite=${COMPOSE_SUITE:-trixie}

program() { find "$folder" -type f -name docker-compose -perm -u+x 2>/dev/null | head -n 1; }
works() { [ -n "$1" ] && "$1" version >/dev/null 2>&1; }

if works "$(program)"; then program; exit 0; fi
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { echo 'this needs apt and dpkg' >&2; exit 1; }
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -m 1 '/debian/\?$' || true)
[ -n "$mirror" ] || { echo 'apt knows no Debian mirror: run apt-get update' >&2; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
chmod -R a+rX "$scratch"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$scratch/sources.list"
options=(-qq -o "Dir::Etc::SourceList=$scratch/sources.list" -o Dir::Etc::SourceParts=- -o APT::Sandbox::User=root
  -o "Dir::State::Lists=$scratch/lists" -o "Dir::Cache=$scratch/cache")
apt-get "${options[@]}" update >&2
(cd "$scratch" && apt-get "${options[@]}" download docker-compose >&2)
mkdir -p "$folder"
dpkg-deb -x "$scratch"/docker-compose_*.deb "$folder"
works "$(program)" || { echo 'the package came, but its program does not run' >&2; exit 1; }
program
