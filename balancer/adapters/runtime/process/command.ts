import { fileURLToPath } from 'node:url';

/** What a replica process runs. */
export interface ProcessCommand {
  /** For people. */
  readonly origin: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The sample replica of this repository. Its compiled form is kept where the balancer's own is: stripping types costs
 * each start 35 ms, and the first start of a fleet, when all of its replicas come at once, three times that.
 */
export function sampleCommand(): ProcessCommand {
  const { NODE_COMPILE_CACHE: cache } = process.env;
  const script = fileURLToPath(new URL('../../../../server/server.ts', import.meta.url));
  return {
    origin: 'node server/server.ts',
    file: process.execPath,
    args: [script],
    environment: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache },
  };
}

/**
 * A command line of the user's, run by the shell so that `--port $PORT`, quotes and pipes mean what they mean there.
 * Signals go to the whole process group, so a shell between us and the program does not swallow them.
 */
export function shellCommand(commandLine: string): ProcessCommand {
  if (process.platform === 'win32') {
    return { origin: commandLine, file: 'cmd.exe', args: ['/d', '/s', '/c', commandLine], environment: {} };
  }
  return { origin: commandLine, file: '/bin/sh', args: ['-c', commandLine], environment: {} };
}

/**
 * The environment of a replica: the balancer's own without its settings (the admin token is one of them), then what
 * the user gave, then what makes it this replica.
 */
export function replicaEnvironment(
  inherited: NodeJS.ProcessEnv,
  command: ProcessCommand,
  given: Readonly<Record<string, string>>,
  own: { readonly name: string; readonly port: number },
): NodeJS.ProcessEnv {
  const isOurs = (key: string) => key.startsWith('RINGMASTER_') || key === 'NODE_COMPILE_CACHE';
  const kept = Object.entries(inherited).filter(([key]) => !isOurs(key));
  const replica = { HOST: '127.0.0.1', ...given, PORT: String(own.port), SERVER_ID: own.name };
  return { ...(Object.fromEntries(kept) as NodeJS.ProcessEnv), ...command.environment, ...replica };
}
