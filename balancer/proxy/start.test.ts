import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('a traffic worker starts without the HTTP client that Node has built in, and without undici', () => {
  const script = `
    await import('./serve-exchange.ts');
    await import('./acceptor.ts');
    await import('./replicas.ts');
    await import('./control-client.ts');
    const isBuiltInLoaded = process.moduleLoadList.includes('NativeModule internal/deps/undici/undici');
    const { createRequire } = await import('node:module');
    const isUndiciLoaded = Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('undici'));
    console.log(isBuiltInLoaded || isUndiciLoaded ? 'loaded' : 'spared');`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname });
  expect(printed.toString().trim()).toBe('spared');
});
