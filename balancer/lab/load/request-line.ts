import { keySource } from '../../../lib/lab/key-pattern.ts';
import type { LoadSpec } from '../../../lib/lab/load.ts';

export interface OutgoingRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes each request with its next key where the load says. Without keys every request is alike. */
export function requestSource({ path, keys, keyPlace, seed }: LoadSpec): () => OutgoingRequest {
  const plain = { path, headers: {} };
  if (keys.kind === 'none') return () => plain;
  const next = keySource(keys, seed);
  switch (keyPlace.kind) {
    case 'path': {
      const base = path.endsWith('/') ? path : `${path}/`;
      return () => ({ path: `${base}${next()}`, headers: {} });
    }
    case 'query': {
      const base = `${path}${path.includes('?') ? '&' : '?'}${keyPlace.name}=`;
      return () => ({ path: `${base}${next()}`, headers: {} });
    }
    case 'header': {
      const { name } = keyPlace;
      return () => ({ path, headers: { [name]: String(next()) } });
    }
  }
}
