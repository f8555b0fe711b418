import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunHead } from '#lib/lab/run.ts';
import { Mark } from '../_ui/status-mark.tsx';

const SIGN = { className: 'size-3.5 shrink-0', strokeWidth: 2.5, 'aria-hidden': true } as const;

/** How a run ended: a sign and a word, colour besides. */
export function Verdict({ head }: { readonly head: Pick<RunHead, 'status' | 'pass'> }) {
  const [sign, word, colour] = lookOf(head);
  return (
    <span className={`inline-flex items-center gap-1.5 ${colour}`}>
      {sign}
      {word}
    </span>
  );
}

function lookOf({ status, pass }: Pick<RunHead, 'status' | 'pass'>): readonly [ReactNode, string, string] {
  switch (status) {
    case 'running':
      return [<Mark key="sign" shape="circle" tone="neutral" />, 'running', 'font-semibold'];
    case 'failed':
      return [<X key="sign" {...SIGN} />, 'failed', 'text-critical'];
    case 'cancelled':
      return [<Mark key="sign" shape="circle" tone="neutral" />, 'cancelled', 'text-muted'];
    case 'done':
      if (pass === null) return [<Mark key="sign" shape="disc" tone="neutral" />, 'done', 'text-muted'];
      return pass
        ? [<Check key="sign" {...SIGN} />, 'holds', 'text-good']
        : [<X key="sign" {...SIGN} />, 'does not hold', 'text-critical'];
  }
}
