import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as SM from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalService, Provisioner } from '../../../local/ports.ts';
import { createSecrets } from '../../../local/services/secrets/secrets-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

let dataDir: string;
let service: LocalService & Provisioner;
let served: ServedService;
let client: SM.SecretsManagerClient;

async function start(): Promise<void> {
  service = createSecrets({ ...PLACE, dataDir, clock: Date.now });
  served = await serveService(service);
  client = new SM.SecretsManagerClient(served.client);
}
async function stop(): Promise<void> {
  client.destroy();
  await served.close();
  await service.close();
}
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-secrets-'));
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const read = async (SecretId: string, VersionStage?: string) =>
  (await client.send(new SM.GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;

describe('secrets', () => {
  it('gives the current and the previous value by stage', async () => {
    const { ARN } = await client.send(new SM.CreateSecretCommand({ Name: 'conext/google', SecretString: 'one' }));
    await client.send(new SM.PutSecretValueCommand({ SecretId: 'conext/google', SecretString: 'two' }));
    expect(await read('conext/google')).toBe('two');
    expect(await read(ARN ?? '', 'AWSPREVIOUS')).toBe('one');
    await client.send(new SM.UpdateSecretCommand({ SecretId: ARN, SecretString: 'three' }));
    expect([await read('conext/google'), await read('conext/google', 'AWSPREVIOUS')]).toEqual(['three', 'two']);
    const { VersionIdsToStages } = await client.send(new SM.DescribeSecretCommand({ SecretId: ARN }));
    expect(
      Object.values(VersionIdsToStages ?? {})
        .flat()
        .sort(),
    ).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  });

  it('stores a repeated put with the same token once', async () => {
    await client.send(new SM.CreateSecretCommand({ Name: 'repeat', SecretString: 'a' }));
    const put = () =>
      client.send(
        new SM.PutSecretValueCommand({
          SecretId: 'repeat',
          SecretString: 'b',
          ClientRequestToken: '0123456789abcdef0123456789abcdef',
        }),
      );
    const first = await put();
    expect((await put()).VersionId).toBe(first.VersionId);
    expect(await read('repeat', 'AWSPREVIOUS')).toBe('a');
  });

  it('keeps binary values and survives a restart in a file only its owner reads', async () => {
    await client.send(new SM.CreateSecretCommand({ Name: 'bytes', SecretBinary: Buffer.from([0, 255, 1]) }));
    await stop();
    await start();
    const { SecretBinary } = await client.send(new SM.GetSecretValueCommand({ SecretId: 'bytes' }));
    expect([...(SecretBinary ?? [])]).toEqual([0, 255, 1]);
    for (const file of readdirSync(join(dataDir, 'secrets')))
      expect(statSync(join(dataDir, 'secrets', file)).mode & 0o777).toBe(0o600);
  });

  it('hides a deleted secret until it is restored', async () => {
    await client.send(new SM.CreateSecretCommand({ Name: 'bin', SecretString: 'x' }));
    await client.send(new SM.DeleteSecretCommand({ SecretId: 'bin' }));
    await expect(read('bin')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await client.send(new SM.RestoreSecretCommand({ SecretId: 'bin' }));
    expect(await read('bin')).toBe('x');
    await client.send(new SM.DeleteSecretCommand({ SecretId: 'bin', ForceDeleteWithoutRecovery: true }));
    await expect(read('bin')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('names the permission by the ARN of the secret', async () => {
    const { ARN } = await client.send(new SM.DescribeSecretCommand({ SecretId: 'repeat' }));
    await read('repeat');
    expect(served.needs.at(-1)).toEqual([{ action: 'secretsmanager:GetSecretValue', resource: ARN }]);
  });
});

describe('a secret of a template', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:app-AbCdEf';
  const resource = (properties: Record<string, unknown>) => ({
    type: 'AWS::SecretsManager::Secret',
    stack: 'Data',
    logicalId: 'App',
    physicalId: arn,
    arn,
    properties,
  });

  it('generates its value once', async () => {
    const generated = resource({
      GenerateSecretString: {
        SecretStringTemplate: '{"user":"u"}',
        GenerateStringKey: 'password',
        PasswordLength: 20,
        ExcludePunctuation: true,
      },
    });
    await service.provision(generated);
    const first = await read(arn);
    expect(JSON.parse(first ?? '')).toEqual({ user: 'u', password: expect.stringMatching(/^[A-Za-z0-9]{20}$/) });
    await service.provision(generated);
    expect(await read('app')).toBe(first);
  });

  it('is refused when it asks for what is not there', async () => {
    expect(service.refuse(resource({ ReplicaRegions: [] }))).toContain('ReplicaRegions');
    expect(service.refuse(resource({ Name: 'x', KmsKeyId: 'k' }))).toBeUndefined();
    await expect(client.send(new SM.RotateSecretCommand({ SecretId: 'repeat' }))).rejects.toMatchObject({
      name: 'UnsupportedLocally',
      message: expect.stringContaining('RotateSecret'),
    });
  });
});
