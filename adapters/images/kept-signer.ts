import { createPrivateKey, createSign, randomBytes } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { ManifestSigner } from './manifest-signer.ts';

/** A key with its certificates, as a secret keeps them: PEM. */
export interface KeptKey {
  readonly privateKey: string;
  readonly certificates: string;
}

/** Signs with a key that a secret holds. */
export function createKeptSigner({ privateKey, certificates }: KeptKey): ManifestSigner {
  const key = createPrivateKey(privateKey);
  return {
    certificates: PemConverter.decode(certificates).map((der) => new Uint8Array(der)),
    sign: async (bytes) => new Uint8Array(createSign('sha256').update(bytes).sign({ key, dsaEncoding: 'ieee-p1363' })),
  };
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;
/** What C2PA 2.1, 14.5.1, takes for claims: signing of documents (RFC 9336), and of mail, which older readers ask for. */
const purposes = ['1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.4'];

/**
 * A key with a certificate of an issuer made for it and thrown away: readers see who signed and that nothing was changed since, and
 * that no list of trust knows the signer.
 */
export async function makeKey(organisation: string, now: number): Promise<KeptKey> {
  const name = (common: string) => `CN=${common}, O=${organisation.replaceAll(/[,+"\\<>;=#\n]/g, ' ')}`;
  const [root, own] = await Promise.all([pair(), pair()]);
  const notBefore = new Date(now - day);
  const notAfter = new Date(now + 3_650 * day);
  const serialNumber = () => `00${randomBytes(15).toString('hex')}`;
  const rootCertificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: name('Content Credentials Root'),
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys: root,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(root.publicKey),
    ],
  });
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: name('Content Credentials'),
    issuer: rootCertificate.subject,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    publicKey: own.publicKey,
    signingKey: root.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(purposes, false),
      await AuthorityKeyIdentifierExtension.create(root.publicKey),
      await SubjectKeyIdentifierExtension.create(own.publicKey),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', own.privateKey);
  return {
    privateKey: PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    // The root stands for nothing that a reader could look up; it is sent along so that the chain can be followed.
    certificates: [certificate, rootCertificate].map((one) => one.toString('pem')).join('\n'),
  };
}

async function pair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
