'use client';

import { type ReactNode, useId } from 'react';

export const FIELD =
  'h-8 w-full min-w-0 rounded-lg border border-line bg-ground px-2.5 text-ink placeholder:text-muted aria-invalid:border-critical';

interface LabelledProps {
  readonly word: string;
  /** What is wrong with it; null: nothing. */
  readonly problem?: string | null;
  readonly className?: string;
  /** The control, given the id it has to have. */
  readonly children: (id: string) => ReactNode;
}

/** A field with its name above it, and what is wrong with it below. */
export function Labelled({ word, problem = null, className = '', children }: LabelledProps) {
  const id = useId();
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className="mb-1 block text-muted">
        {word}
      </label>
      {children(id)}
      {problem !== null && <p className="mt-1 text-critical text-small">{problem}</p>}
    </div>
  );
}
