import type { LifecycleEvent, StreamMessage } from '#lib/api/events.ts';
import type { State } from '#lib/api/state.ts';
import type { LiveStore } from './store.ts';
import { followStream } from './stream.ts';
import type { Connection } from './view.ts';

/** What tabs of one browser tell each other. */
type Shared =
  | { readonly kind: 'join' }
  | { readonly kind: 'message'; readonly message: StreamMessage; readonly id: string }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | {
      readonly kind: 'welcome';
      readonly state: State | null;
      readonly events: readonly LifecycleEvent[];
      readonly connection: Connection;
      readonly lastId: string | null;
    };

const NAME = 'ringmaster-stream';

/**
 * One event stream a browser, however many tabs: HTTP/1.1 gives a site six connections, and the seventh tab would
 * stall. The tab that holds the lock reads the stream and passes it on; when it closes, the next one takes over.
 */
export async function shareStream(store: LiveStore, signal: AbortSignal): Promise<void> {
  // Browsers offer locks on https and localhost only; elsewhere every tab reads for itself.
  if (!('locks' in navigator)) return await followAlone(store, signal);
  const channel = new BroadcastChannel(NAME);
  signal.addEventListener('abort', () => channel.close(), { once: true });
  channel.onmessage = (event: MessageEvent<Shared>) => follow(store, event.data);
  channel.postMessage({ kind: 'join' } satisfies Shared);
  try {
    await navigator.locks.request(NAME, { signal }, () => lead(store, channel, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function followAlone(store: LiveStore, signal: AbortSignal): Promise<void> {
  const sink = {
    message: (message: StreamMessage, id: string) => store.accept(message, id),
    connection: (connection: Connection) => store.connect(connection),
  };
  await followStream(store.lastId(), sink, signal);
}

function follow(store: LiveStore, shared: Shared): void {
  if (shared.kind === 'message') store.accept(shared.message, shared.id);
  if (shared.kind === 'connection') store.connect(shared.connection);
  if (shared.kind !== 'welcome') return;
  if (shared.state !== null) store.accept({ type: 'hello', data: shared.state }, shared.lastId ?? '');
  for (const event of shared.events) store.accept({ type: 'event', data: event }, '');
  store.connect(shared.connection);
}

async function lead(store: LiveStore, channel: BroadcastChannel, signal: AbortSignal): Promise<void> {
  const tell = (shared: Shared): void => {
    if (!signal.aborted) channel.postMessage(shared);
  };
  channel.onmessage = (event: MessageEvent<Shared>) => {
    if (event.data.kind !== 'join') return;
    const { state, events, connection } = store.view();
    tell({ kind: 'welcome', state, events: events.toReversed(), connection, lastId: store.lastId() });
  };
  const sink = {
    message: (message: StreamMessage, id: string) => {
      store.accept(message, id);
      tell({ kind: 'message', message, id });
    },
    connection: (connection: Connection) => {
      if (connection !== store.view().connection) tell({ kind: 'connection', connection });
      store.connect(connection);
    },
  };
  await followStream(store.lastId(), sink, signal);
}
