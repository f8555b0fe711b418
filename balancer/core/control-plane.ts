import type {
  ChangeResult,
  HistoryPage,
  HistoryQuery,
  IncidentsQuery,
  KeyInspection,
  Preview,
  PreviewQuery,
  PreviousLog,
  ReplicaAction,
  SlotInspection,
} from '../../lib/api/admin.ts';
import type { ChangeRequest, ReplicaList } from '../../lib/api/contract.ts';
import type { Result } from '../../lib/api/errors.ts';
import type { StreamMessage } from '../../lib/api/events.ts';
import type { SamplesPage, SamplesQuery } from '../../lib/api/samples.ts';
import type { IncidentView, ReplicaView, State } from '../../lib/api/state.ts';
import type { TimelinePage, TimelineQuery } from '../../lib/api/timeline.ts';
import type { AlertBoard } from './alerts/alert-board.ts';
import type { LogLine, LogQuery } from './ports.ts';

/** A message of the event stream. Lifecycle messages are numbered; frames are not, and may be dropped. */
export interface NumberedMessage {
  /** null for frames. */
  readonly id: number | null;
  readonly message: StreamMessage;
}

export interface Resumption {
  /** Messages after the one asked for, or null when they are no longer held: start with `hello`. */
  readonly missed: readonly NumberedMessage[] | null;
}

/** The live stream of what happens. */
export interface EventFeed {
  readonly bootId: string;
  /** Number of the latest lifecycle message. */
  latest(): number;
  since(id: number): Resumption;
  /** Returns its own end. Frames are built only while somebody listens. */
  subscribe(listener: (message: NumberedMessage) => void): () => void;
  /** How many clients a subscriber passes messages on to: with a crowd, frames come less often. */
  readers: number;
}

/** What somebody did that leaves no other trace: signing in, starting a load. */
export interface Deed {
  readonly kind:
    | 'signed-in'
    | 'sign-in-failed'
    | 'signed-out'
    | 'run-started'
    | 'run-cancelled'
    | 'run-removed'
    | 'schedule-changed';
  readonly message: string;
  readonly actor: string;
}

/** What the REST API can ask of the balancer. */
export interface ControlPlane {
  readonly feed: EventFeed;
  readonly alerts: AlertBoard;
  list(): ReplicaList;
  state(): State;
  replicas(): readonly ReplicaView[];
  /** Resolves once the new replicas serve; applied whole or not at all. */
  add(request: ChangeRequest, actor: string): Promise<Result<ChangeResult>>;
  /** Resolves once they are out of the ring; they finish their requests after that. */
  remove(request: ChangeRequest, actor: string): Promise<Result<ChangeResult>>;
  act(name: string, action: ReplicaAction, actor: string): Promise<Result<ReplicaView>>;
  preview(query: PreviewQuery): Result<Preview>;
  inspectSlot(slot: number): SlotInspection;
  inspectKey(key: string): KeyInspection;
  incidents(query: IncidentsQuery): readonly IncidentView[];
  history(query: HistoryQuery): HistoryPage;
  samples(query: SamplesQuery): SamplesPage;
  timeline(query: TimelineQuery): TimelinePage;
  logs(name: string, query: LogQuery, signal: AbortSignal): Result<AsyncIterable<LogLine>>;
  /** What the replica's last instance that ended had printed; null when none has. */
  previousLog(name: string): Promise<Result<PreviousLog | null>>;
  /** Writes down who did what. */
  note(deed: Deed): void;
  /** Serving at least one replica, or none is wanted. */
  ready(): boolean;
  /** Prometheus text. */
  metrics(): Promise<string>;
}
