#!/usr/bin/env bash
# Builds a Node base image from this project's own node binary, without any image registry, for machines and CI that
# cannot pull one.
# Usage: base-image.sh [TAG ...]        (default tag: node:24-slim)
#   WITH_NPM=0  leaves npm out     FORCE=1  rebuilds an existing image     NODE=FILE  another node binary
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
tags=("${@:-node:24-slim}")
if [ "${FORCE:-0}" != 1 ] && docker image inspect "${tags[@]}" >/dev/null 2>&1; then
  echo "base image present: ${tags[*]}"
  exit 0
fi

find_node() { # the pinned one first: the host's may be older
  local candidate
  for candidate in "${NODE:-}" "$here"/node_modules/node-linux-*/bin/node "$(command -v node || true)"; do
    [ -x "$candidate" ] && [ "$("$candidate" -p 'process.versions.node.split(`.`)[0] >= 24')" = true ] || continue
    readlink -f "$candidate"
    return
  done
  echo 'no Node 24 found: run npm install, or set NODE=FILE' >&2
  return 1
}

lay_out_root() {
  mkdir -p "$root"/{app,bin,dev,etc/ssl/certs,home/node,lib64,proc,root,run,sys,usr/bin,usr/lib,usr/sbin,var/tmp}
  mkdir -m 1777 "$root/tmp"
  chmod 755 "$root"
  printf 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000:node:/home/node:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnode:x:1000:\n' >"$root/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  chown 1000:1000 "$root/home/node"
}

# node without its debug symbols, its shared libraries, the loader, glibc's name-resolution plug-ins, and what compiled
# npm packages link beside those
copy_node() {
  local libraries name library
  install -D -m 755 "$node" "$root/usr/local/bin/node"
  if command -v strip >/dev/null; then strip "$root/usr/local/bin/node"; fi
  libraries=$(ldd "$node" | grep -oE '/[^ ]+')
  for name in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2 librt.so.1 libutil.so.1 libgcc_s.so.1; do
    libraries+=" $(ldconfig -p | sed -n "s/.*[[:space:]]$name .*=> //p" | head -n 1)"
  done
  for library in $libraries; do install -D -m 755 "$(readlink -f "$library")" "$root$library"; done
}

# a shell and wget for RUN lines and HEALTHCHECKs: Debian's static busybox, unpacked, not installed
copy_busybox() {
  local applet
  (
    cd "$root/tmp"
    apt-get download -qq busybox-static >/dev/null 2>&1 || { apt-get update -qq; apt-get download -qq busybox-static >/dev/null; }
    dpkg -x busybox-static_*.deb unpacked
  )
  install -m 755 "$root/tmp/unpacked/bin/busybox" "$root/bin/busybox"
  rm -rf "$root"/tmp/*
  for applet in $("$root/bin/busybox" --list); do
    [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"
  done
  ln -s /bin/env "$root/usr/bin/env"
}

copy_npm() {
  local npm name
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")") # .../npm/bin/npm-cli.js
  [ -f "$npm/bin/npm-cli.js" ] || { echo 'no npm found beside node: WITH_NPM=0 leaves it out' >&2; return 1; }
  mkdir -p "$root/usr/local/lib/node_modules" "$root/usr/local/etc"
  cp -a "$npm" "$root/usr/local/lib/node_modules/npm"
  rm -f "$root/usr/local/lib/node_modules/npm/npmrc"
  # npm trusts this host's CA bundle (a TLS-intercepting proxy's, say); NODE_EXTRA_CA_CERTS would slow every node start
  echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >"$root/usr/local/etc/npmrc"
  for name in npm npx; do ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$root/usr/local/bin/$name"; done
}

node=$(find_node)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
lay_out_root
copy_node
copy_busybox
if [ "${WITH_NPM:-1}" = 1 ]; then copy_npm; fi
tar -C "$root" -c . | docker import -c 'ENV PATH=/usr/local/bin:/usr/bin:/bin' \
  -c "ENV NODE_VERSION=$("$node" -p 'process.versions.node')" -c 'WORKDIR /app' -c 'CMD ["node"]' - "${tags[0]}" >/dev/null
for tag in "${tags[@]:1}"; do docker tag "${tags[0]}" "$tag"; done
docker run --rm --network none "${tags[0]}" node -p '"base image ok: node " + process.version'
