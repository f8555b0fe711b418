'use client';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly word: string; readonly hint?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few: a row of radio buttons that look like one control. */
export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  return (
    <div role="radiogroup" aria-label={label} className="tap inline-flex h-8 rounded-lg border border-line">
      {options.map((option) => (
        <label
          key={option.value}
          title={option.hint}
          className="flex cursor-pointer items-center rounded-[7px] px-2.5 text-muted hover:text-ink has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={label}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.word}
        </label>
      ))}
    </div>
  );
}
