#!/usr/bin/env bash
# Makes a Docker Engine usable on a bare Debian machine or in CI, as root: installs it from Debian's packages when it
# is missing, starts dockerd when none answers, waits until it is ready. Running it again is harmless.
#   DOCKERD_ARGS="..."  more daemon options      DOCKERD_LOG=FILE  where the daemon logs
set -euo pipefail
log=${DOCKERD_LOG:-/var/log/dockerd.log}
socket=${DOCKER_SOCKET:-/var/run/docker.sock}

ready() { docker -H "unix://$socket" info >/dev/null 2>&1; }
tell() {
  docker -H "unix://$socket" info --format \
    'docker ready: engine {{.ServerVersion}}, {{.Driver}}, cgroup v{{.CgroupVersion}}, {{.NCPU}} cpus'
}

install_missing() {
  local need=()
  command -v dockerd >/dev/null || need+=(docker.io)
  command -v iptables >/dev/null || need+=(iptables)
  command -v docker-compose >/dev/null || docker compose version >/dev/null 2>&1 || need+=(docker-compose)
  [ ${#need[@]} -eq 0 ] && return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
}

mount_cgroups() { # no init may have done it
  grep -qE ' /sys/fs/cgroup(/[a-z,]+)? cgroup2? ' /proc/mounts || mount -t cgroup2 cgroup2 /sys/fs/cgroup
}

# A pid file left by a daemon that was killed stops the next one if its number is in use again.
drop_stale_pid_file() {
  [ -f /var/run/docker.pid ] || return 0
  if [ "$(cat "/proc/$(cat /var/run/docker.pid)/comm" 2>/dev/null)" != dockerd ]; then
    rm -f /var/run/docker.pid "$socket"
  fi
}

if command -v docker >/dev/null && ready; then tell; exit 0; fi
install_missing
mount_cgroups
if ready; then tell; exit 0; fi # the package's own init script may have started it
drop_stale_pid_file
# Published ports bind to loopback unless a container says otherwise.
# shellcheck disable=SC2086
setsid nohup dockerd -H "unix://$socket" --ip 127.0.0.1 ${DOCKERD_ARGS:-} >>"$log" 2>&1 </dev/null &
pid=$!
for _ in $(seq 300); do
  if ready; then tell; exit 0; fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.2
done
echo 'dockerd did not become ready; the end of its log:' >&2
tail -n 20 "$log" >&2
exit 1
