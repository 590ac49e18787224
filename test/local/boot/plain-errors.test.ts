import { expect, it } from 'vitest';
import { asSentence, plain } from '../../../local/boot/plain-errors.ts';
import { StartError } from '../../../local/boot/start-error.ts';

const systemError = (code: string, message: string): Error => Object.assign(new Error(message), { code });

it.each([
  ['ENOSPC', 'ENOSPC: no space left on device, write', 'The disk is full; free some space and start again.'],
  ['ERR_SQLITE_ERROR', 'database or disk is full', 'The disk is full; free some space and start again.'],
  [
    'EADDRINUSE',
    'listen EADDRINUSE: address already in use 127.0.0.1:4601',
    'Port taken: 127.0.0.1:4601; set CONEXT_PORT_BASE.',
  ],
  ['EACCES', "EACCES: permission denied, mkdir '/home/ada/x'", 'The home folder cannot be written'],
])('says what to do about %s', (code, message, sentence) => {
  const error = plain(systemError(code, message));
  expect(error).toBeInstanceOf(StartError);
  expect(String(error)).toContain(sentence);
});

it('leaves an error that nobody planned as it is', () => {
  const error = new TypeError('x is undefined');
  expect(plain(error)).toBe(error);
});

it('takes the message of a part that speaks to people', () => {
  expect(() => asSentence(new Error('Port 4607 is taken.'))).toThrow(StartError);
});
