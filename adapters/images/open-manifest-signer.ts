import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PemConverter } from '@peculiar/x509';
import * as z from 'zod/mini';
import { AppError } from '../../domain/errors.ts';
import { createAwsCall } from '../aws-json.ts';
import type { Config } from '../config.ts';
import { createSecretsClient } from '../secrets.ts';
import { createKeptSigner, makeKey } from './kept-signer.ts';
import { createKmsSigner, kmsService } from './kms-signer.ts';
import type { ManifestSigner } from './manifest-signer.ts';

/** A key in KMS with its certificates, or the key itself. An operator with a certificate that readers trust stores it here. */
const kept = z.union([
  z.object({ kmsKeyId: z.string().check(z.minLength(1)), certificates: z.string() }),
  z.object({ privateKey: z.string(), certificates: z.string() }),
]);

/**
 * Opens the signer of Content Credentials that the secret `<prefix>/content-credentials` names. Where there is none, a key is made once
 * and kept there: pictures are marked from the first one on, by a signer that is nobody’s but this installation’s.
 */
export async function openManifestSigner(
  config: Config<'aws' | 'credentials' | 'secrets'>,
  { now, client = createSecretsClient() }: { readonly now: number; readonly client?: SecretsManagerClient },
): Promise<ManifestSigner> {
  const name = `${config.secrets.prefix}/content-credentials`;
  const secret = parse((await read(client, name)) ?? (await make(client, name, now)), name);
  if ('privateKey' in secret) return createKeptSigner(secret);
  const certificates = PemConverter.decode(secret.certificates).map((der) => new Uint8Array(der));
  return createKmsSigner(secret.kmsKeyId, certificates, createAwsCall(config, kmsService));
}

/** Undefined where there is none. */
async function read(client: SecretsManagerClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString ?? '';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw new AppError('unavailable', `The key of Content Credentials, ${name}, could not be read.`, { cause: error });
  }
}

/** Of two that make one at a time, the first one’s is everybody’s. */
async function make(client: SecretsManagerClient, name: string, now: number): Promise<string> {
  const text = JSON.stringify(await makeKey('Conext Ads', now));
  try {
    await client.send(new CreateSecretCommand({ Name: name, SecretString: text }));
    return text;
  } catch (error) {
    const others = error instanceof ResourceExistsException ? await read(client, name) : undefined;
    if (others !== undefined) return others;
    throw new AppError('unavailable', `The key of Content Credentials, ${name}, could not be kept.`, { cause: error });
  }
}

/** The parser's own error would quote the key: it is not passed on. */
function parse(text: string, name: string): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    throw new AppError(
      'internal',
      `The secret ${name} names no key: store { kmsKeyId, certificates } or { privateKey, certificates }, PEM.`,
    );
  }
}
