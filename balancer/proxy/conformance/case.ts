import type { Step } from './steps.ts';

/** What has to arrive at the replica. `fields`: null means absent; a pattern or text is matched against the joined values. */
export interface ExpectedRequest {
  readonly method: string;
  readonly target: string;
  /** Default: whatever the client said; a list where more than one spelling is right. */
  readonly host?: readonly string[];
  readonly body?: string;
  readonly fields?: Readonly<Record<string, string | RegExp | null>>;
}

/**
 * How the conversation ends once `forwarded` was answered: `open`: nothing more. `refused`: an answer by the proxy
 * itself, and it closes. `answered`: an answer by the proxy itself, and it may stay. `dropped`: closed without a word.
 */
export type Ending =
  | { readonly kind: 'open' | 'dropped' }
  | { readonly kind: 'refused' | 'answered'; readonly status: readonly number[] };

export interface Outcome {
  readonly forwarded: readonly ExpectedRequest[];
  readonly ending: Ending;
  /** The replica may have seen the beginning of one more request, and its connection was closed in the middle of it. */
  readonly mayStart: boolean;
}

/** One conversation that a client begins, and all ways it may go. */
export interface RequestCase {
  readonly id: string;
  readonly family: string;
  /** What is sent, in words. */
  readonly about: string;
  /** The rule, e.g. `9112 6.3`. */
  readonly rfc: string;
  readonly steps: readonly Step[];
  /** What Ringmaster promises: one of these. */
  readonly promised: readonly Outcome[];
  /** What is safe as well, but not what Ringmaster does. */
  readonly alsoSafe: readonly Outcome[];
}

export function sent(
  method: string,
  target: string,
  more: Omit<ExpectedRequest, 'method' | 'target'> = {},
): ExpectedRequest {
  return { method, target, ...more };
}

/** These requests reach the replica and are answered by it, and that is all. */
export function forwarded(...requests: readonly ExpectedRequest[]): Outcome {
  return { forwarded: requests, ending: { kind: 'open' }, mayStart: false };
}

/** Answered with one of these by the proxy itself, which then closes. */
export function refused(...status: readonly number[]): Outcome {
  return { forwarded: [], ending: { kind: 'refused', status }, mayStart: false };
}

/** Answered with one of these by the proxy itself; the connection may live on. */
export function answered(...status: readonly number[]): Outcome {
  return { forwarded: [], ending: { kind: 'answered', status }, mayStart: false };
}

export function dropped(): Outcome {
  return { forwarded: [], ending: { kind: 'dropped' }, mayStart: false };
}

/** `outcome`, after these requests were served. */
export function after(requests: readonly ExpectedRequest[], outcome: Outcome): Outcome {
  return { ...outcome, forwarded: [...requests, ...outcome.forwarded] };
}

/** `outcome`, where the header section was in order and the fault came later: the replica may know the beginning. */
export function midway(outcome: Outcome): Outcome {
  return { ...outcome, mayStart: true };
}

/** A row of a corpus table. */
export interface Row {
  readonly id: string;
  readonly about: string;
  readonly rfc?: string;
  readonly steps: string | readonly Step[];
  readonly promised: Outcome | readonly Outcome[];
  readonly alsoSafe?: Outcome | readonly Outcome[];
}

/** Gives the rows of one family their family name and its rule where they name none. */
export function family(name: string, rfc: string, rows: readonly Row[]): RequestCase[] {
  return rows.map((row) => ({
    id: `${name}/${row.id}`,
    family: name,
    about: row.about,
    rfc: row.rfc ?? rfc,
    steps: typeof row.steps === 'string' ? [row.steps] : row.steps,
    promised: listed(row.promised),
    alsoSafe: listed(row.alsoSafe ?? []),
  }));
}

function listed(outcomes: Outcome | readonly Outcome[]): readonly Outcome[] {
  return 'forwarded' in outcomes ? [outcomes] : outcomes;
}

export const HOST = 'Host: a.example';

/** Lines with CRLF between them, and the empty line that ends a header section. */
export function message(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** A request that nobody may mistake for anything else, to be looked for where it has no business to be. */
export const SMUGGLED = message('GET /smuggled HTTP/1.1', HOST);
