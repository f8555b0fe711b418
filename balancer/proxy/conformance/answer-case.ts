import { HOST, message } from './case.ts';
import type { Step } from './steps.ts';

/**
 * What the client may see. `delivered`: this answer, whole. `failed`: one of these, by the proxy itself. `cut`: the
 * connection ends before an answer is whole, so that nobody takes it for whole.
 */
export type Delivery =
  | {
      readonly kind: 'delivered';
      readonly status: number;
      readonly body: string;
      /** null means absent; a pattern or text is matched against the joined values. */
      readonly fields: Readonly<Record<string, string | RegExp | null>>;
      /** What comes through behind a 101. */
      readonly tunnelled: string;
      /** The 1xx answers that come ahead; undefined: any. */
      readonly interim: readonly number[] | undefined;
    }
  | { readonly kind: 'failed'; readonly status: readonly number[] }
  | { readonly kind: 'cut' };

/** One answer of a replica, and all that may come of it. */
export interface AnswerCase {
  readonly id: string;
  readonly family: string;
  readonly about: string;
  readonly rfc: string;
  readonly method: string;
  readonly request: readonly Step[];
  /** What the replica does once it has the request. */
  readonly answer: readonly Step[];
  /** The replica answers as soon as it has the header section. */
  readonly early: boolean;
  /** Any of these, the first ones being what Ringmaster promises. */
  readonly promised: readonly Delivery[];
  readonly alsoSafe: readonly Delivery[];
  /** The connection to the replica may serve another request afterwards. */
  readonly mayReuse: boolean;
}

export function delivered(
  status: number,
  body: string,
  fields: Readonly<Record<string, string | RegExp | null>> = {},
): Delivery {
  return { kind: 'delivered', status, body, fields, tunnelled: '', interim: undefined };
}

/** 101, and these bytes behind it. */
export function switched(tunnelled: string): Delivery {
  return { kind: 'delivered', status: 101, body: '', fields: {}, tunnelled, interim: undefined };
}

/** The same answer, with exactly these 1xx answers ahead of it. */
export function behind(interim: readonly number[], delivery: Delivery): Delivery {
  return delivery.kind === 'delivered' ? { ...delivery, interim } : delivery;
}

export const BAD_GATEWAY: Delivery = { kind: 'failed', status: [502] };
export const CUT: Delivery = { kind: 'cut' };

/** A row of a table of answers. */
export interface AnswerRow {
  readonly id: string;
  readonly about: string;
  readonly answer: string | readonly Step[];
  readonly promised: Delivery | readonly Delivery[];
  readonly alsoSafe?: readonly Delivery[];
  readonly rfc?: string;
  readonly method?: string;
  readonly request?: string | readonly Step[];
  readonly early?: boolean;
  readonly mayReuse?: boolean;
}

export function answerFamily(family: string, rfc: string, rows: readonly AnswerRow[]): AnswerCase[] {
  return rows.map((row) => {
    const method = row.method ?? 'GET';
    return {
      rfc,
      method,
      early: false,
      mayReuse: false,
      alsoSafe: [],
      ...row,
      request: toSteps(row.request ?? message(`${method} /t HTTP/1.1`, HOST)),
      id: `${family}/${row.id}`,
      family,
      answer: toSteps(row.answer),
      promised: 'kind' in row.promised ? [row.promised] : row.promised,
    };
  });
}

function toSteps(steps: string | readonly Step[]): readonly Step[] {
  return typeof steps === 'string' ? [steps] : steps;
}
