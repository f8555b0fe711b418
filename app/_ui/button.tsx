import type { ComponentProps } from 'react';

type Weight = 'quiet' | 'plain' | 'main' | 'danger';

const WEIGHTS: Readonly<Record<Weight, string>> = {
  quiet: 'border-transparent hover:bg-raised',
  plain: 'border-line hover:bg-raised hover:border-edge',
  main: 'border-ink bg-ink text-ground hover:opacity-90',
  danger: 'border-critical bg-critical text-ground hover:opacity-90',
};

interface ButtonProps extends ComponentProps<'button'> {
  readonly weight?: Weight;
}

export function buttonClass(weight: Weight = 'plain'): string {
  const shape =
    'tap inline-flex h-8 items-center justify-center gap-2 whitespace-nowrap rounded-lg border px-3 font-semibold';
  return `${shape} transition-colors disabled:cursor-default disabled:opacity-50 ${WEIGHTS[weight]}`;
}

export function Button({ weight = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`${buttonClass(weight)} ${className}`} {...rest} />;
}
