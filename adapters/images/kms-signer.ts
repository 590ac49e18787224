import { createHash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import type { AwsCall } from '../aws-json.ts';
import type { ManifestSigner } from './manifest-signer.ts';

/** KMS by its JSON protocol: `createAwsCall(config, kmsService)`. */
export const kmsService = { name: 'kms', target: 'TrentService' } as const;

/** Signs with a key that never leaves KMS: ECC_NIST_P256, for SIGN_VERIFY. `certificates` are of its public key, DER. */
export function createKmsSigner(
  keyId: string,
  certificates: readonly Uint8Array<ArrayBuffer>[],
  call: AwsCall,
): ManifestSigner {
  return {
    certificates,
    async sign(bytes) {
      const { Signature: signature } = await call('Sign', {
        KeyId: keyId,
        Message: createHash('sha256').update(bytes).digest('base64'),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      if (typeof signature !== 'string') throw new AppError('internal', 'KMS answered no signature.');
      return p1363Of(new Uint8Array(Buffer.from(signature, 'base64')));
    },
  };
}

/** DER’s SEQUENCE of two INTEGERs (RFC 3279, 2.2.3) as r and s of 32 bytes each. Throws for anything else. */
export function p1363Of(der: Uint8Array): Uint8Array<ArrayBuffer> {
  const wrong = () => new AppError('internal', 'KMS answered a signature that is not ECDSA on P-256 in DER.');
  const out = new Uint8Array(64);
  if (der[0] !== 0x30 || der[1] !== der.length - 2) throw wrong();
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const whole = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 0x02 || length === 0 || whole.length !== length) throw wrong();
    // A first byte of zero only says that the number is positive.
    const number = whole[0] === 0 ? whole.subarray(1) : whole;
    if (number.length > 32) throw wrong();
    out.set(number, end - number.length);
    at += 2 + length;
  }
  if (at !== der.length) throw wrong();
  return out;
}
