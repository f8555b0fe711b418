'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command as Cmdk } from 'cmdk';
import type { Command } from './command.ts';
import { useCommands } from './use-commands.ts';

const GROUPS = ['Go to', 'Change', 'Alerts', 'Replicas', 'Ring', 'Look'] as const;

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Type what you want; arrows and Enter do it. */
export function Palette({ open, onClose }: PaletteProps) {
  const commands = useCommands();
  const run = (command: Command): void => {
    onClose();
    // After the dialog has given the focus back: what is run may want it.
    setTimeout(command.run);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-ground/60" />
        <Dialog.Popup
          aria-label="Command palette"
          className="fixed top-[12vh] left-1/2 z-30 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-edge bg-ground outline-none"
        >
          <Cmdk label="Commands" loop>
            <Cmdk.Input
              placeholder="What do you want to do?"
              className="h-12 w-full border-line border-b bg-transparent px-4 outline-none placeholder:text-muted"
            />
            <Cmdk.List className="max-h-[50vh] overflow-auto p-2">
              <Cmdk.Empty className="px-2 py-3 text-muted">Nothing is called that.</Cmdk.Empty>
              {GROUPS.map((group) => (
                <Cmdk.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-small"
                >
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <Cmdk.Item
                        key={command.id}
                        value={command.words}
                        onSelect={() => run(command)}
                        className="tap flex h-8 cursor-pointer items-center justify-between rounded-md px-2 data-[selected=true]:bg-raised"
                      >
                        {command.words}
                        {command.keys !== undefined && (
                          <kbd className="font-mono text-muted text-small">{command.keys}</kbd>
                        )}
                      </Cmdk.Item>
                    ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
