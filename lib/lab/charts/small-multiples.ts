import { FULL_WIDTH, headOf, hint } from './frame.ts';
import { extentOf, linearScale, spoken, ticksTo } from './scale.ts';
import { drawing, element, INK, label, line, polyline } from './svg.ts';
import { widthOf } from './text.ts';

interface SmallPanel {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** What was measured, as dots over the line. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}

export interface SmallMultiples {
  readonly title: string;
  readonly unit: string;
  /** Their x are above 0, on a scale that doubles. */
  readonly panels: readonly SmallPanel[];
  /** A line across every panel: the best there can be. */
  readonly reference: number;
}

const PANEL = { least: 164, height: 132, gap: 10 };
const NAME_SIZE = 11;

/** One small chart for each scheme, all on one scale, so that heights compare across panels. */
export function smallMultiples({ title, unit, panels, reference }: SmallMultiples, width = FULL_WIDTH): string {
  const all = panels.flatMap((panel) => [...panel.points, ...panel.dots]);
  const ticks = ticksTo(Math.max(reference, ...all.map((point) => point.y)), 3);
  const domain = { x: extentOf(all.map((point) => point.x)), top: ticks.at(-1) ?? 1 };
  const columns = Math.max(1, Math.floor((width + PANEL.gap) / (PANEL.least + PANEL.gap)));
  const pitch = { x: (width + PANEL.gap) / columns, y: PANEL.height + PANEL.gap };
  const head = headOf({ title, unit, width });
  const top = head.height + 16;
  const size = { width, height: top + Math.ceil(panels.length / columns) * pitch.y };
  const drawn = panels.map((panel, at) =>
    element(
      'g',
      {
        transform: `translate(${Math.round((at % columns) * pitch.x)} ${top + Math.floor(at / columns) * pitch.y})`,
      },
      panelMarkup(panel, { domain, ticks, reference, width: Math.floor(pitch.x - PANEL.gap) }),
    ),
  );
  const description = panels
    .map((p) => `${p.name}: up to ${spoken(Math.max(0, ...p.points.map((q) => q.y)))}`)
    .join('; ');
  return drawing(size, { title, description }, [head.markup, ...drawn]);
}

interface Shared {
  readonly domain: { readonly x: readonly [number, number]; readonly top: number };
  readonly ticks: readonly number[];
  readonly reference: number;
  /** Of one panel, px. */
  readonly width: number;
}

function panelMarkup(panel: SmallPanel, { domain, ticks, reference, width }: Shared): string {
  const left = 30;
  const bottom = PANEL.height - 16;
  // Sizes double rather than grow by steps: 2 to 10 would be a tenth of the width otherwise.
  const place = linearScale([Math.log(domain.x[0]), Math.log(domain.x[1])], [left + 4, width - 6]);
  const x = (n: number): number => place(Math.log(n));
  const y = linearScale([0, domain.top], [bottom, 22]);
  const grid = ticks.map(
    (tick) =>
      line(left, y(tick), width, y(tick), { stroke: INK.line }) +
      label(left - 4, y(tick) + 4, spoken(tick), { 'text-anchor': 'end', 'font-size': 10 }),
  );
  const best = line(left, y(reference), width, y(reference), { stroke: INK.good, 'stroke-dasharray': '4 3' });
  const curve = polyline(
    panel.points.map((point) => [x(point.x), y(point.y)] as const),
    { stroke: INK.accent, 'stroke-width': 1.75 },
  );
  const dots = panel.dots.map((point) =>
    element(
      'circle',
      { cx: x(point.x), cy: y(point.y), r: 2.5, fill: INK.second },
      hint(`measured: ${spoken(point.y)}`),
    ),
  );
  const edges = [domain.x[0], domain.x[1]].map((value, at) =>
    label(x(value), PANEL.height - 3, `N=${value}`, { 'text-anchor': at === 0 ? 'start' : 'end', 'font-size': 10 }),
  );
  return [nameOf(panel.name, width), ...grid, best, curve, ...dots, ...edges].join('');
}

function nameOf(name: string, width: number): string {
  const most = Math.floor(width / widthOf('x', NAME_SIZE));
  const short = name.length > most ? `${name.slice(0, most - 1)}…` : name;
  return label(0, 12, short, { fill: INK.ink, 'font-weight': 600, 'font-size': NAME_SIZE }) + hint(name);
}
