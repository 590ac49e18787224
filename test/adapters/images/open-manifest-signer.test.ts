import { createSign, createVerify, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../../adapters/images/kept-signer.ts';
import { p1363Of } from '../../../adapters/images/kms-signer.ts';
import { openManifestSigner } from '../../../adapters/images/open-manifest-signer.ts';
import { type AwsAnswer, serveAwsAnswers } from '../aws-answers.ts';

const now = Date.UTC(2026, 10, 20);
const message = new TextEncoder().encode('a claim');
const missing: AwsAnswer = { status: 400, body: { __type: 'ResourceNotFoundException', message: 'none' } };

async function open(answer: Parameters<typeof serveAwsAnswers>[0]) {
  const server = await serveAwsAnswers(answer);
  const client = new SecretsManagerClient(server.client);
  const config = { ...server.config, secrets: { prefix: 'conext' } };
  return {
    server,
    signer: () => openManifestSigner(config as Parameters<typeof openManifestSigner>[0], { now, client }),
  };
}

const verified = (certificate: Uint8Array | undefined, signature: Uint8Array): boolean =>
  createVerify('sha256')
    .update(message)
    .verify(
      { key: new X509Certificate(certificate ?? new Uint8Array()).publicKey, dsaEncoding: 'ieee-p1363' },
      signature,
    );

describe('the signer of Content Credentials', () => {
  it('makes a key where there is none and finds the same one again', async () => {
    let stored: string | undefined;
    const { server, signer } = await open((operation, input) => {
      if (operation === 'CreateSecret') stored = String(input.SecretString);
      else if (stored === undefined) return missing;
      return { body: operation === 'CreateSecret' ? { Name: 'n' } : { SecretString: stored } };
    });
    await using _ = server;
    const first = await signer();
    const second = await signer();
    expect(server.calls.map(({ operation }) => operation)).toEqual([
      'GetSecretValue',
      'CreateSecret',
      'GetSecretValue',
    ]);
    expect(server.calls[1]?.input.Name).toBe('conext/content-credentials');
    expect(second.certificates).toEqual(first.certificates);
    expect(verified(first.certificates[0], await second.sign(message))).toBe(true);
  });

  it('takes the key of another that was faster', async () => {
    const theirs = JSON.stringify(await makeKey('Theirs', now));
    const { server, signer } = await open((operation, _, call) =>
      call === 1
        ? missing
        : operation === 'CreateSecret'
          ? { status: 400, body: { __type: 'ResourceExistsException', message: 'there' } }
          : { body: { SecretString: theirs } },
    );
    await using _ = server;
    const { certificates } = await signer();
    expect(new X509Certificate(certificates[0] ?? new Uint8Array()).subject).toContain('Theirs');
  });

  it('signs with a key in KMS, which answers in DER', async () => {
    const { privateKey, certificates } = await makeKey('Agency', now);
    const { server, signer } = await open((operation) =>
      operation === 'Sign'
        ? { body: { Signature: createSign('sha256').update(message).sign(privateKey).toString('base64') } }
        : { body: { SecretString: JSON.stringify({ kmsKeyId: 'alias/credentials', certificates }) } },
    );
    await using _ = server;
    const kms = await signer();
    expect(verified(kms.certificates[0], await kms.sign(message))).toBe(true);
    expect(server.calls.at(-1)?.input).toMatchObject({
      KeyId: 'alias/credentials',
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    });
  });

  it('says what a secret should hold, and nothing of what it holds', async () => {
    const { server, signer } = await open(() => ({ body: { SecretString: '{"privateKey":"hush"}' } }));
    await using _ = server;
    const error = await signer().catch((reason: unknown) => String(reason));
    expect(error).toMatch(/conext\/content-credentials names no key: store \{ kmsKeyId, certificates \}/);
    expect(error).not.toContain('hush');
  });
});

describe('signatures in DER', () => {
  it('become the ones that COSE takes, short numbers too', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    // Numbers that begin with zeros come once in 128 signatures.
    for (let round = 0; round < 600; round += 1) {
      const bytes = Buffer.from(`message ${round}`);
      const signature = p1363Of(createSign('sha256').update(bytes).sign(privateKey));
      expect(
        createVerify('sha256').update(bytes).verify({ key: publicKey, dsaEncoding: 'ieee-p1363' }, signature),
      ).toBe(true);
    }
  });

  it.each([
    ['nothing', []],
    ['a single number', [0x30, 3, 2, 1, 5]],
    ['bytes left over', [0x30, 7, 2, 1, 5, 2, 1, 5, 9]],
  ])('are refused when they are %s', (_, bytes) => {
    expect(() => p1363Of(Uint8Array.from(bytes))).toThrow('not ECDSA on P-256');
  });
});
