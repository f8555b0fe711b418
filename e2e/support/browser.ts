import { existsSync } from 'node:fs';

/** Debian's: the headless shell first, which takes half the processor time, as it draws no window around the page. */
const DEBIAN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Without a limit Chromium starts a process ahead for each page that there may be next: an eighth of all it takes. */
const LEAN = ['--disable-background-networking', '--disable-component-update', '--renderer-process-limit=1'];

interface ChromiumOptions {
  readonly executablePath?: string;
  readonly args: string[];
}

/**
 * How to launch CHROMIUM_PATH, else Debian's Chromium where it is installed, else Playwright's own.
 * @param window whether a window is to be seen, which the headless shell has not
 */
export function chromiumOptions(window = false): ChromiumOptions {
  const given = process.env['CHROMIUM_PATH'];
  const found = DEBIAN.filter((path) => !window || !path.endsWith('-shell')).find(existsSync);
  const path = given !== undefined && given !== '' ? given : found;
  const asRoot = process.getuid?.() === 0;
  return {
    ...(path === undefined ? {} : { executablePath: path }),
    args: [...(asRoot ? ['--no-sandbox'] : []), ...LEAN],
  };
}
