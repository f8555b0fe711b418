// A network of one's own, of loopback alone. Chromium breaks off all that it loads (ERR_NETWORK_CHANGED) whenever an
// address comes or goes in the network it is in, and Docker gives and takes one with each network and container.
import { succeeds } from './machine.js';

/** `ip` where it is installed, else the same by hand: SIOCSIFFLAGS (0x8914) with IFF_UP | IFF_LOOPBACK | IFF_RUNNING. */
const LOOPBACK_UP = [
  'ip link set lo up 2>/dev/null',
  `python3 -c 'import fcntl, socket, struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh", b"lo", 0x49))'`,
].join(' || ');

const WAYS = [
  ['unshare', '--net'],
  ['unshare', '--map-root-user', '--net'],
].map((unshare) => [...unshare, 'sh', '-c', `{ ${LOOPBACK_UP}; } && exec "$@"`, 'sh']);

/** The words that, before a command, run it in such a network; null where the system allows or knows none (not Linux). */
export function ownNetwork() {
  if (process.platform !== 'linux') return null;
  return WAYS.find(([file, ...args]) => succeeds(file, [...args, 'true'])) ?? null;
}
