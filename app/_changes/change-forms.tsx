'use client';

import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { MAX_REPLICAS } from '#lib/ring/types.ts';
import { useLive } from '../_live/provider.tsx';
import { Swatch } from '../_ui/swatch.tsx';
import type { Proposal } from './change.ts';

interface AddFormProps {
  readonly onChange: (proposal: Proposal) => void;
}

/** How many, and their names if they matter: the rest are named by the balancer. */
export function AddForm({ onChange }: AddFormProps) {
  const members = useLive(({ state }) => state?.ring.members.length ?? 0);
  const room = Math.max(1, MAX_REPLICAS - members);
  const [n, setN] = useState(1);
  const [text, setText] = useState('');
  const change = (nextN: number, nextText: string): void => {
    const clamped = Math.min(room, Math.max(1, Math.floor(nextN) || 1));
    setN(clamped);
    setText(nextText);
    onChange({ kind: 'add', n: clamped, names: nextText.split(/[\s,]+/).filter((name) => name !== '') });
  };
  return (
    <div className="flex gap-4">
      <div>
        <label htmlFor="add-count" className="mb-1 block text-muted">
          How many
        </label>
        <div className="tap flex h-8 w-28 items-center rounded-lg border border-line focus-within:border-focus">
          <Step
            label="One fewer"
            onClick={() => change(n - 1, text)}
            disabled={n <= 1}
            icon={<Minus className="size-3.5" />}
          />
          <input
            id="add-count"
            inputMode="numeric"
            value={n}
            onChange={(event) => change(Number(event.target.value), text)}
            className="w-full min-w-0 bg-transparent text-center font-semibold outline-none"
          />
          <Step
            label="One more"
            onClick={() => change(n + 1, text)}
            disabled={n >= room}
            icon={<Plus className="size-3.5" />}
          />
        </div>
      </div>
      <div className="min-w-0 flex-1">
        <label htmlFor="add-names" className="mb-1 block text-muted">
          Names <span className="text-muted">(optional)</span>
        </label>
        <input
          id="add-names"
          value={text}
          placeholder="web-1, web-2"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(n, event.target.value)}
          className="h-8 w-full rounded-lg border border-line bg-transparent px-2.5 placeholder:text-muted focus:border-focus focus:outline-none"
        />
      </div>
    </div>
  );
}

interface StepProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly icon: React.ReactNode;
  readonly onClick: () => void;
}

function Step({ label, disabled, icon, onClick }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
      className="grid size-8 shrink-0 place-items-center text-muted hover:text-ink disabled:opacity-40"
    >
      {icon}
    </button>
  );
}

interface RemoveFormProps {
  readonly names: readonly string[];
  readonly onChange: (proposal: Proposal | null) => void;
}

/** Which ones: by name, so that chance has no part in it. */
export function RemoveForm({ names, onChange }: RemoveFormProps) {
  const members = useLive(({ state }) => state?.ring.members ?? null);
  const [chosen, setChosen] = useState<readonly string[]>(names);
  const toggle = (name: string): void => {
    const next = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
    setChosen(next);
    onChange(next.length === 0 ? null : { kind: 'remove', names: next });
  };
  return (
    <fieldset>
      <legend className="mb-2 text-muted">Which</legend>
      <div className="scroll-hint relative flex max-h-[40dvh] flex-wrap gap-2 overflow-auto">
        {members?.map(({ name, seat }) => (
          <label
            key={seat}
            className="tap flex h-8 cursor-pointer items-center gap-2 rounded-lg border border-line px-2.5 hover:border-edge has-checked:border-ink has-checked:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input type="checkbox" className="sr-only" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            <Swatch seat={seat} />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
