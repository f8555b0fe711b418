'use client';

import { useLayoutEffect, useRef, useState } from 'react';

interface DrawingProps {
  /** Draws so many pixels wide. */
  readonly draw: (width: number) => string;
}

/** Narrower than any phone there is, px. */
const LEAST_WIDTH = 260;

/** A chart as the reports have it, in the page's own colours: drawn for the width it has here, not shrunk to it. */
export function Drawing({ draw }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    const measure = (): void => setWidth(widthIn(current));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={place}
      className="max-w-[46rem] [&>svg]:w-full"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing functions, which escape every text in it
      dangerouslySetInnerHTML={{ __html: width === null ? '' : draw(width) }}
    />
  );
}

/** In the drawing's pixels, which are as much larger than the page's as its type is. */
function widthIn(place: HTMLElement): number {
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  return Math.max(LEAST_WIDTH, Math.floor(place.clientWidth / scale));
}
