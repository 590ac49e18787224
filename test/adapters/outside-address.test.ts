import { describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../adapters/media-type.ts';
import { isOutside } from '../../adapters/outside-address.ts';

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::1',
    '2001:db8::1',
    '2001::1',
    'localhost',
    '',
    '8.8.8',
    '010.8.8.8',
  ])('that is not of the public internet is closed: %s', (address) => {
    expect(isOutside(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'of the public internet is open: %s',
    (address) => {
      expect(isOutside(address)).toBe(true);
    },
  );
});

describe('what some bytes are', () => {
  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n....'],
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['image/gif', 'GIF89a'],
    ['image/webp', 'RIFF....WEBPVP8 '],
    ['video/mp4', '\0\0\0\x18ftypisom'],
    ['video/quicktime', '\0\0\0\x14ftypqt  '],
    ['video/webm', '\x1a\x45\xdf\xa3'],
    [undefined, '<svg xmlns="http://www.w3.org/2000/svg">'],
    [undefined, ''],
  ])('is read from them: %s', (type, bytes) => {
    expect(contentTypeOf(Buffer.from(bytes, 'latin1'))).toBe(type);
  });
});
