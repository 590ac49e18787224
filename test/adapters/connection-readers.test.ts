import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnectionReaders } from '../../adapters/connection-readers.ts';
import { createConnectionSecrets } from '../../adapters/connection-secrets.ts';
import { createSecrets } from '../../adapters/secrets.ts';
import type { DiscoveredAccount, KeepRenewed } from '../../domain/integrations/platform.ts';
import { resolveSettings, type WrittenLayers } from '../../domain/integrations/resolved-settings.ts';
import { createSecrets as createSecretsService } from '../../local/services/secrets/secrets-service.ts';
import { PLACE, serveService } from '../local/services/serve-service.ts';

let dataDir: string;
let client: SecretsManagerClient;
let close: () => Promise<void>;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-connection-readers-'));
  const service = createSecretsService({ ...PLACE, dataDir, clock: Date.now });
  const served = await serveService(service);
  client = new SecretsManagerClient(served.client);
  close = async () => {
    client.destroy();
    await served.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  await store('test/apps/tiktok-ads', { appId: '7', appSecret: 'of-the-app' });
});
afterAll(() => close());

const store = (name: string, value: Readonly<Record<string, string>>) =>
  client.send(new CreateSecretCommand({ Name: name, SecretString: JSON.stringify(value) }));

const listed: readonly DiscoveredAccount[] = ['71', '72'].map((platformId) => ({
  platformId,
  name: `Shop ${platformId}`,
  currency: 'EUR',
  timeZone: 'UTC',
  status: 'enabled',
}));
const written: WrittenLayers = { workspace: { 'lookBack.accounts': { 'tiktok-ads/72': 90, 'google-ads/71': 5 } } };

/** A connection with credentials of its own, and what its platform's reader is given to keep new ones with. */
async function opened(id: string, own: Readonly<Record<string, string>>) {
  await store(`test/connections/${id}`, own);
  const config = { secrets: { prefix: 'test' } };
  const secrets = createSecrets(config, client);
  const given: { credentials?: Readonly<Record<string, string>>; renewed?: KeepRenewed | undefined } = {};
  const open = createConnectionReaders({
    secrets,
    keeping: createConnectionSecrets(client, 'test'),
    parameters: { endpoints: async () => ({}) } as never,
    settings: { forWorkspace: async () => resolveSettings(written) } as never,
    openReader: async (_, { credentials, renewed }) => {
      Object.assign(given, { credentials, renewed });
      return { listAccounts: async () => listed, async *report() {} };
    },
  });
  const reader = await open({ settings: {} as never }, {
    id,
    platform: 'tiktok-ads',
    name: 'Shop',
    managerPlatformId: null,
    createdAt: '2026-11-01T00:00:00.000Z',
  } as never);
  // Another process, which has read nothing yet.
  const stored = () => createSecrets(config, client).connection(id);
  return { given, secrets, stored, reader };
}

it('keeps what the platform gave in place of a credential, beside the connection’s other ones', async () => {
  const { given, secrets, stored } = await opened('con_1', { accessToken: 'a1', refreshToken: 'r1', other: 'o' });
  expect(given.credentials).toMatchObject({ appSecret: 'of-the-app', refreshToken: 'r1' });
  await given.renewed?.({ accessToken: 'a2', refreshToken: 'r2' }, 'r1');
  // The app's secret stays where it is rotated.
  expect(await stored()).toEqual({ accessToken: 'a2', refreshToken: 'r2', other: 'o' });
  expect(await secrets.connection('con_1', 'tiktok-ads')).toMatchObject({ refreshToken: 'r2' });
});

it('keeps nothing over what somebody has connected with meanwhile', async () => {
  const { given, stored } = await opened('con_2', { accessToken: 'a9', refreshToken: 'r9' });
  await given.renewed?.({ accessToken: 'a2', refreshToken: 'r2' }, 'r1');
  expect(await stored()).toEqual({ accessToken: 'a9', refreshToken: 'r9' });
});

it('says that it could not keep them, without telling them', async () => {
  const keeping = createConnectionSecrets(
    new SecretsManagerClient({
      ...PLACE,
      endpoint: 'http://127.0.0.1:1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    }),
    'test',
  );
  const outcome = await keeping.renew('con_1', { refreshToken: 'secret' }).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ code: 'unavailable', message: expect.stringContaining('con_1') });
  expect(JSON.stringify(outcome)).not.toContain('secret');
});

it('lists an account with the look-back that somebody has set for it on its platform', async () => {
  const { reader } = await opened('con_3', { accessToken: 'a1' });
  expect((await reader.listAccounts()).map(({ lookBackDays }) => lookBackDays)).toEqual([undefined, 90]);
});
