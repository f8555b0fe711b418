'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';

interface SheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog at the page's right edge: it stands beside what it is about, not over it. */
export function Sheet({ title, open, onClose, children }: SheetProps) {
  const popup = useRef<HTMLDivElement>(null);
  // What is to be filled in comes first; without that the default, which carries nothing out.
  const firstField = () => popup.current?.querySelector<HTMLElement>('input, select, textarea') ?? true;
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20" />
        <Dialog.Popup
          ref={popup}
          initialFocus={firstField}
          className="sheet fixed inset-y-0 right-0 z-20 flex w-full flex-col border-edge border-l bg-ground outline-none sm:w-[27rem]"
        >
          <header className="flex h-13 shrink-0 items-center justify-between border-line border-b px-6">
            <Dialog.Title className="font-semibold text-base">{title}</Dialog.Title>
            <Dialog.Close aria-label="Close" className="grid size-8 place-items-center rounded-lg hover:bg-raised">
              <X className="size-4" aria-hidden="true" />
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
