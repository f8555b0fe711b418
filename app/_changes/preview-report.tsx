import type { Preview } from '#lib/api/admin.ts';
import { previewWords } from '../_ring/preview-words.ts';
import { SlotStrip } from '../_ring/slot-strip.tsx';
import { plural } from '../_ui/format.ts';
import { Swatch } from '../_ui/swatch.tsx';

interface PreviewReportProps {
  readonly preview: Preview;
}

/** With more replicas than this only those whose slots change are listed. */
const SHOWN_WHOLE = 8;

/** The what-if in full: how many slots move against the minimum, from whom to whom, and who ends up with how much. */
export function PreviewReport({ preview }: PreviewReportProps) {
  const { slots, fate, detail, isOutage } = previewWords(preview);
  return (
    <section aria-label="What it will do" className="flex flex-col gap-5">
      <div>
        <p
          className={`text-balance font-semibold text-large leading-6 ${isOutage ? 'text-critical' : ''}`}
          data-testid="preview-moved"
        >
          {plural(slots, 'slot')} {fate}
        </p>
        <p className="text-muted">{detail}</p>
      </div>
      <SlotStrip before={preview.before} after={preview.after} />
      <Moves preview={preview} />
      <Shares preview={preview} />
    </section>
  );
}

function nameIn(preview: Preview, seat: number): string {
  return preview.shares.find((share) => share.seat === seat)?.name ?? (seat === 0 ? 'nobody' : `seat ${seat}`);
}

function Moves({ preview }: PreviewReportProps) {
  if (preview.moves.length === 0) return <p className="text-muted">No slot changes hands.</p>;
  return (
    <table className="w-full" data-testid="preview-moves">
      <caption className="sr-only">Slots by whom they leave and whom they go to</caption>
      <thead>
        <tr className="border-line border-b text-left text-muted">
          <th className="py-1 font-normal">from</th>
          <th className="font-normal">to</th>
          <th className="text-right font-normal">slots</th>
        </tr>
      </thead>
      <tbody>
        {preview.moves.map((move) => (
          <tr key={`${move.from}-${move.to}`} className="h-8 border-line border-b">
            <td>
              <Seat seat={move.from} name={nameIn(preview, move.from)} />
            </td>
            <td>
              <Seat seat={move.to} name={nameIn(preview, move.to)} />
            </td>
            <td className="text-right">{move.slots.length}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Seat({ seat, name }: { readonly seat: number; readonly name: string }) {
  return (
    <span className="inline-flex items-center gap-2 font-semibold">
      {seat !== 0 && <Swatch seat={seat} />}
      {name}
    </span>
  );
}

function Shares({ preview }: PreviewReportProps) {
  const most = Math.max(1, ...preview.shares.map((share) => Math.max(share.before, share.after)));
  const changed = preview.shares.filter((share) => share.before !== share.after);
  // With few replicas all are shown, so that one sees how even it is.
  const shown = preview.shares.length <= SHOWN_WHOLE ? preview.shares : changed;
  const others = preview.shares.length - shown.length;
  return (
    <table className="w-full">
      <caption className="mb-1 text-left text-muted">
        {preview.change === 'add' || preview.change === 'remove' ? 'Slots of each' : 'Slots each serves'}, before and
        after
      </caption>
      <tbody>
        {shown.map((share) => (
          <tr key={share.seat} className="h-7">
            <th scope="row" className="w-24 max-w-24 truncate text-left">
              <Seat seat={share.seat} name={share.name} />
            </th>
            <td className="relative">
              <span className="block h-1.5 rounded-sm bg-edge" style={{ width: `${(share.before / most) * 100}%` }} />
              <span
                className="mt-0.5 block h-1.5 rounded-sm bg-ink"
                style={{ width: `${(share.after / most) * 100}%` }}
              />
            </td>
            <td className="w-24 text-right text-muted">
              {share.before} → <span className="text-ink">{share.after}</span>
            </td>
          </tr>
        ))}
        {others > 0 && (
          <tr className="h-7 text-muted">
            <td colSpan={3}>{plural(others, 'other')} as before</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
