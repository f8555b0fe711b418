/** A WebSocket (RFC 6455) that sends every message back; small on purpose, as the lab is all that uses it. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const ACCEPT_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** Longer messages are refused with 1009. */
const LARGEST_FRAME_BYTES = 1 << 20;
const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

interface Frame {
  /** FIN bit and opcode, as they came. */
  readonly first: number;
  readonly opcode: number;
  readonly payload: Buffer;
  readonly size: number;
}

/** Answers an upgrade request to `/lab/websocket`; refuses any other. */
export function echoWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const key = request.headers['sec-websocket-key'];
  if (!request.url?.startsWith('/lab/websocket') || request.headers.upgrade?.toLowerCase() !== 'websocket' || !key) {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const accept = createHash('sha1')
    .update(key + ACCEPT_SUFFIX)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  serve(socket, head);
}

function serve(socket: Duplex, head: Buffer): void {
  let pending: Buffer = head;
  const goodbye = (): void => close(socket, 1001);
  process.once('SIGTERM', goodbye);
  socket.on('close', () => process.removeListener('SIGTERM', goodbye));
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  const consume = (): void => {
    let frame = readFrame(pending);
    while (frame !== 'incomplete' && frame !== 'refused') {
      pending = pending.subarray(frame.size);
      answer(socket, frame);
      frame = readFrame(pending);
    }
    if (frame === 'refused') close(socket, 1009);
  };
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    consume();
  });
  consume();
}

/** Data frames go back with the bits they came with, so fragments stay fragments. */
function answer(socket: Duplex, frame: Frame): void {
  if (socket.writableEnded) return;
  if (frame.opcode === OPCODE.close) socket.end(encode(0x80 | OPCODE.close, frame.payload));
  else if (frame.opcode === OPCODE.ping) socket.write(encode(0x80 | OPCODE.pong, frame.payload));
  else if (frame.opcode !== OPCODE.pong) socket.write(encode(frame.first, frame.payload));
}

function close(socket: Duplex, code: number): void {
  if (socket.writableEnded) return;
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  socket.end(encode(0x80 | OPCODE.close, payload));
}

/** Reads one masked frame from the start of `bytes`. */
function readFrame(bytes: Buffer): Frame | 'incomplete' | 'refused' {
  if (bytes.length < 2) return 'incomplete';
  const headBytes = 2 + lengthBytes(bytes.readUInt8(1) & 0x7f);
  if (bytes.length < headBytes + 4) return 'incomplete';
  const length = readLength(bytes);
  const masked = (bytes.readUInt8(1) & 0x80) !== 0;
  if (length > LARGEST_FRAME_BYTES || !masked) return 'refused';
  const size = headBytes + 4 + length;
  if (bytes.length < size) return 'incomplete';
  const mask = bytes.subarray(headBytes, headBytes + 4);
  const payload = Buffer.from(bytes.subarray(headBytes + 4, size));
  for (const [i, byte] of payload.entries()) payload[i] = byte ^ (mask[i & 3] ?? 0);
  const first = bytes.readUInt8(0);
  return { first, opcode: first & 0x0f, payload, size };
}

function lengthBytes(short: number): number {
  if (short < 126) return 0;
  return short === 126 ? 2 : 8;
}

function readLength(bytes: Buffer): number {
  const short = bytes.readUInt8(1) & 0x7f;
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
}

function encode(first: number, payload: Buffer): Buffer {
  const length = payload.length;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head.writeUInt8(first, 0);
  head.writeUInt8(length < 126 ? length : length < 65_536 ? 126 : 127, 1);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}
