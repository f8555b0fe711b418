import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('a traffic worker starts without the HTTP client that Node has built in', () => {
  const script = `
    await import('./serve-exchange.ts');
    await import('./acceptor.ts');
    console.log(process.moduleLoadList.includes('NativeModule internal/deps/undici/undici') ? 'loaded' : 'spared');`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname });
  expect(printed.toString().trim()).toBe('spared');
});
