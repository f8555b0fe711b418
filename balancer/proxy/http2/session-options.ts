import type { ServerSessionOptions } from 'node:http2';
import type { TrafficOptions } from '../../core/traffic.ts';

/** Streams that a client may have open at once. */
const MAX_STREAMS = 128;
/** Streams taken back: so many at once, and so many a second after that (CVE-2023-44487). */
const RESET_BURST = 500;
const RESETS_PER_SECOND = 33;
/** Frames that make no sense, until the connection is closed. */
const MAX_INVALID_FRAMES = 100;
const MAX_REJECTED_STREAMS = 100;
/** MB of nghttp2's own, and of answers that a client does not take. */
const MAX_MEMORY_MB = 16;
const PSEUDO_FIELDS = 4;
/** A cookie may come in crumbs (RFC 9113, 8.2.3) that make one field: only bytes limit them. */
const MAX_CRUMBS = 100;

/** HTTP/2 settings and limits of one connection. */
export function sessionOptions(options: TrafficOptions): ServerSessionOptions {
  return {
    maxSettings: 32,
    maxSessionInvalidFrames: MAX_INVALID_FRAMES,
    maxSessionRejectedStreams: MAX_REJECTED_STREAMS,
    maxSessionMemory: MAX_MEMORY_MB,
    // What comes beyond these is cut without a word: what we answer with 431 has to come through.
    maxHeaderListPairs: options.maxHeaderCount + PSEUDO_FIELDS + MAX_CRUMBS,
    streamResetBurst: RESET_BURST,
    streamResetRate: RESETS_PER_SECOND,
    // A replica may say twice what should be said once; that is between it and the client.
    strictSingleValueFields: false,
    settings: {
      enablePush: false,
      maxConcurrentStreams: MAX_STREAMS,
      maxHeaderListSize: 2 * options.maxHeaderBytes,
    },
  };
}
