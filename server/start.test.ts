import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('a replica starts without the HTTP client that Node has built in', () => {
  const script = `
    await import('./server.ts');
    console.log(process.moduleLoadList.includes('NativeModule internal/deps/undici/undici') ? 'loaded' : 'spared');
    process.exit();`;
  const env = { ...process.env, PORT: '0' };
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env,
  });
  expect(printed.toString()).toContain('spared');
});
