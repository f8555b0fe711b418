/** Calls `stop` at the first SIGTERM or SIGINT; a second one ends the process at once, with the shell's usual code. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let stopping = false;
  const received = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping = true;
    stop(signal);
  };
  process.on('SIGTERM', received);
  process.on('SIGINT', received);
  // Its terminal was closed.
  process.on('SIGHUP', received);
}
