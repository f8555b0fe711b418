import { expect, test } from 'vitest';
import { statusOf, toRuntimeError } from './engine-error.ts';

function refusal(statusCode: number, message: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message}`), {
    statusCode,
    json: { message },
  });
}

test.each([
  [404, 'No such container: 12ab', 'not-found'],
  [404, 'No such image: shop:2', 'image-missing'],
  [404, 'pull access denied for shop, repository does not exist', 'image-missing'],
  [409, 'Conflict. The container name "/S1" is already in use by container "12ab".', 'name-taken'],
  [409, 'Container 12ab is not running', 'conflict'],
  [500, 'Container 12ab is not paused', 'conflict'],
  [400, 'OCI runtime create failed: exec: "nothing": executable file not found in $PATH', 'start-failed'],
  [500, 'driver failed programming external connectivity', 'start-failed'],
])('%i "%s" is %s, in the Engine’s words', (status, message, code) => {
  const error = toRuntimeError(refusal(status, message), 'starting S1');
  expect(error).toMatchObject({ code, message: `starting S1 failed: ${message}` });
  expect(statusOf(error)).toBe(status);
});

test.each(['ECONNREFUSED', 'ENOENT', 'EACCES', 'ECONNRESET'])('a socket’s %s means that the Engine is away', (code) => {
  const error = toRuntimeError(Object.assign(new Error('socket trouble'), { code }), 'starting S1');
  expect(error).toMatchObject({ code: 'unreachable', message: `Docker does not answer (${code})` });
});

test('what is one of ours already stays as it is', () => {
  const error = toRuntimeError(refusal(409, 'Container is not running'), 'killing');
  expect(toRuntimeError(error, 'something else')).toBe(error);
});
