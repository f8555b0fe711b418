import { PLACES } from '../_shell/places.ts';

/** What a key press asks for. */
export type Shortcut =
  | { readonly kind: 'palette' | 'help' | 'find' | 'add' | 'projector' | 'theme' | 'prefix' }
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'mode'; readonly index: number };

interface Press {
  readonly key: string;
  readonly command: boolean;
  /** In a field, keys are text. */
  readonly typing: boolean;
  /** "g" was pressed just before. */
  readonly prefixed: boolean;
}

const SINGLE: ReadonlyMap<string, Shortcut> = new Map<string, Shortcut>([
  ['?', { kind: 'help' }],
  ['/', { kind: 'find' }],
  ['a', { kind: 'add' }],
  ['p', { kind: 'projector' }],
  ['t', { kind: 'theme' }],
  ['g', { kind: 'prefix' }],
]);

/** Null for keys that are not ours. */
export function shortcutOf({ key, command, typing, prefixed }: Press): Shortcut | null {
  if (command) return key.toLowerCase() === 'k' ? { kind: 'palette' } : null;
  if (typing) return null;
  if (prefixed) {
    const place = PLACES.find((other) => other.key === key);
    return place === undefined ? null : { kind: 'go', path: place.path };
  }
  if (/^[1-4]$/.test(key)) return { kind: 'mode', index: Number(key) - 1 };
  return SINGLE.get(key) ?? null;
}
