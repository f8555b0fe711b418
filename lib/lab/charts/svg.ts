type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text as it may stand in XML, in content and in attributes. */
export function escapeXml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** An element; children are markup already, attributes are escaped here. Attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(typeof value === 'number' ? compact(value) : String(value))}"`)
    .join('');
  return children.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${children.join('')}</${name}>`;
}

export function label(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, fill: INK.muted, ...attributes }, escapeXml(words));
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string {
  return element('line', { x1, y1, x2, y2, ...attributes });
}

export function polyline(points: readonly (readonly [number, number])[], attributes: Attributes): string {
  const path = points.map(([x, y]) => `${compact(x)},${compact(y)}`).join(' ');
  return element('polyline', { points: path, fill: 'none', ...attributes });
}

export function polygon(points: readonly (readonly [number, number])[], attributes: Attributes): string {
  return element('polygon', { points: points.map(([x, y]) => `${compact(x)},${compact(y)}`).join(' '), ...attributes });
}

/** A whole drawing that can stand alone; `description` says in words what it shows. */
export function drawing(
  size: { readonly width: number; readonly height: number },
  { title, description }: { readonly title: string; readonly description: string },
  children: readonly string[],
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${size.width} ${size.height}`,
      width: size.width,
      height: size.height,
      role: 'img',
      'aria-label': `${title}. ${description}`,
      'font-family': '"Inter Variable", Inter, system-ui, sans-serif',
      'font-size': 12,
      style: 'max-width:100%;height:auto;font-variant-numeric:tabular-nums',
    },
    ...children,
  );
}

/** Colours follow the page's theme where there is one, and are the light theme's where the drawing stands alone. */
export const INK = {
  ground: 'var(--ground, #ffffff)',
  ink: 'var(--ink, #16181d)',
  muted: 'var(--muted, #626976)',
  line: 'var(--line, #e3e3df)',
  critical: 'var(--critical, #b3261e)',
  good: 'var(--good, #12734a)',
  warning: 'var(--warning, #8a5a00)',
  accent: 'var(--seat-1, #1f6fc4)',
  second: 'var(--seat-2, #c4661f)',
} as const;

const SEAT_COLOURS = [
  '#1f6fc4',
  '#c4661f',
  '#12806a',
  '#b03a80',
  '#6b52c8',
  '#8f7a00',
  '#1583a8',
  '#c2412f',
  '#4e7f1e',
  '#6f6354',
];

/** The colour of the replica at an index from 0: the panel's colour of the seat after it. */
export function seatColour(index: number): string {
  const at = index % SEAT_COLOURS.length;
  return `var(--seat-${at + 1}, ${SEAT_COLOURS[at]})`;
}

/** Coordinates need no more than a hundredth of a pixel. */
function compact(value: number): string {
  return String(Math.round(value * 100) / 100);
}
