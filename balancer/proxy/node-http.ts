/**
 * What the workers need of `node:http`. To import it reads each of its exports, also the one named WebSocket, for which
 * Node loads all of its own HTTP client: 80 ms of processor time and 12 MB a thread that nothing here uses.
 */
export const { Agent, createServer, METHODS, request, STATUS_CODES } = process.getBuiltinModule('node:http');
