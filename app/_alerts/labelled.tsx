'use client';

import type { ReactNode } from 'react';

export const FIELD =
  'h-8 w-full min-w-0 rounded-lg border border-line bg-ground px-2.5 text-ink placeholder:text-muted aria-invalid:border-critical';

interface LabelledProps {
  readonly word: string;
  /** What is wrong with it; null: nothing. */
  readonly problem?: string | null;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A field with its name above it, and what is wrong with it below. */
export function Labelled({ word, problem = null, className = '', children }: LabelledProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={`block min-w-0 ${className}`}>
      <span className="mb-1 block text-muted">{word}</span>
      {children}
      {problem !== null && <span className="mt-1 block text-critical text-small">{problem}</span>}
    </label>
  );
}
