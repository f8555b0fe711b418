import {
  Activity,
  Bell,
  ChartLine,
  CircleDot,
  FlaskConical,
  History,
  List,
  type LucideIcon,
  Server,
  Timer,
  Zap,
} from 'lucide-react';

/**
 * A page of the panel, in the order of the rail. `key` follows "g" on the keyboard; `isRare` ones are in a phone's menu,
 * whose bar has no room for all.
 */
export interface Place {
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly key: string;
  readonly isRare?: true;
}

/** Where everything shown is the past. */
export const REPLAY_PATH = '/replay';

export const PLACES: readonly Place[] = [
  { path: '/', title: 'Overview', icon: Activity, key: 'o' },
  { path: '/ring', title: 'Ring', icon: CircleDot, key: 'r' },
  { path: '/replicas', title: 'Replicas', icon: Server, key: 's' },
  { path: '/events', title: 'Events', icon: List, key: 'e' },
  { path: '/incidents', title: 'Incidents', icon: Timer, key: 'i', isRare: true },
  { path: '/alerts', title: 'Alerts', icon: Bell, key: 'a' },
  { path: '/history', title: 'History', icon: ChartLine, key: 'h', isRare: true },
  { path: REPLAY_PATH, title: 'Replay', icon: History, key: 'p', isRare: true },
  { path: '/experiments', title: 'Experiments', icon: FlaskConical, key: 'x', isRare: true },
  { path: '/load', title: 'Load', icon: Zap, key: 'l', isRare: true },
];

export function placeOf(pathname: string): Place | null {
  return PLACES.find(({ path }) => (path === '/' ? pathname === '/' : pathname.startsWith(path))) ?? null;
}
