'use client';

import { useSyncExternalStore } from 'react';

/** The element of the header (top-bar.tsx) that takes what its figures leave. */
const ROOM_ID = 'header-room';

/** A toast narrower than this would have to break its words, px. */
const LEAST_WIDTH = 240;

/** From the window's right edge, and how wide, px: as text, so that what did not change is the same. */
function measured(): string {
  const box = document.getElementById(ROOM_ID)?.getBoundingClientRect();
  if (box === undefined || box.width < LEAST_WIDTH) return '';
  return `${Math.round(innerWidth - box.right)} ${Math.floor(box.width)}`;
}

function subscribe(changed: () => void): () => void {
  const room = document.getElementById(ROOM_ID);
  const observer = new ResizeObserver(changed);
  if (room !== null) observer.observe(room);
  addEventListener('resize', changed);
  return () => {
    observer.disconnect();
    removeEventListener('resize', changed);
  };
}

/** Where the header has nothing to show; null where that is too little for a toast. */
export function useHeaderRoom(): { readonly right: number; readonly width: number } | null {
  const [right, width] = useSyncExternalStore(subscribe, measured, () => '').split(' ');
  return width === undefined ? null : { right: Number(right), width: Number(width) };
}
