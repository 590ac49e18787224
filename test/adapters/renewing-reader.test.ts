import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renewing } from '../../adapters/renewing-reader.ts';
import { createSecrets } from '../../adapters/secrets.ts';
import { PlatformError, type PlatformReader, type RawRow } from '../../domain/integrations/platform.ts';
import { createSecrets as createSecretsService } from '../../local/services/secrets/secrets-service.ts';
import { PLACE, serveService } from '../local/services/serve-service.ts';

const request = {
  kind: 'structure',
  structure: 'campaign',
  account: { platformId: '1', currency: 'EUR', timeZone: 'UTC' },
} as const;

/** A platform that knows one secret at a time and answers pages of one row over HTTP. */
async function startPlatform() {
  let accepted = 'first';
  let calls = 0;
  let rotateAtCall = Number.POSITIVE_INFINITY;
  let rotate = async () => {};
  const server = createServer(async (incoming, outgoing) => {
    calls += 1;
    if (calls === rotateAtCall) await rotate();
    const known = incoming.headers.authorization === accepted;
    outgoing.writeHead(known ? 200 : 401).end(known ? '{}' : '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ask = async (secret: string) => {
    const { status } = await fetch(url, { headers: { authorization: secret } });
    if (status === 401) throw new PlatformError('unauthorized', 'The secret is not known.', { platform: 'google-ads' });
  };
  return {
    get calls() {
      return calls;
    },
    accept: (secret: string) => {
      accepted = secret;
    },
    /** Rotates while the call of this number is under way. */
    rotateAt(call: number, how: () => Promise<void>) {
      rotateAtCall = calls + call;
      rotate = how;
    },
    open: async ({ secret = '' }: Readonly<Record<string, string>>): Promise<PlatformReader> => ({
      async listAccounts() {
        await ask(secret);
        return [];
      },
      async *report() {
        for (let page = 0; page < 3; page += 1) {
          await ask(secret);
          yield [{ page }] as RawRow[];
        }
      },
    }),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

let dataDir: string;
let client: SecretsManagerClient;
let served: Awaited<ReturnType<typeof serveService>>;
let service: ReturnType<typeof createSecretsService>;
let platform: Awaited<ReturnType<typeof startPlatform>>;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-rotation-'));
  service = createSecretsService({ ...PLACE, dataDir, clock: Date.now });
  served = await serveService(service);
  client = new SecretsManagerClient(served.client);
  platform = await startPlatform();
});
afterAll(async () => {
  client.destroy();
  await served.close();
  await service.close();
  await platform.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const SecretId = (id: string) => `conext/test/connections/${id}`;
const rotate = async (id: string, secret: string) => {
  await client.send(new PutSecretValueCommand({ SecretId: SecretId(id), SecretString: JSON.stringify({ secret }) }));
  platform.accept(secret);
};
async function connected(id: string) {
  platform.accept('first');
  await client.send(new CreateSecretCommand({ Name: SecretId(id), SecretString: JSON.stringify({ secret: 'first' }) }));
  const secrets = createSecrets({ secrets: { prefix: 'conext/test' } }, client);
  return renewing({
    credentials: () => secrets.connection(id),
    forget: () => secrets.forget(id, 'google-ads'),
    open: platform.open,
  });
}
const pagesOf = async (reader: PlatformReader) => {
  const pages: number[] = [];
  for await (const [row] of reader.report(request)) pages.push(Number(row?.['page']));
  return pages;
};

describe('a reader whose secret is rotated', () => {
  it('goes on with the new one, without failing and without a restart', async () => {
    const reader = await connected('con_list');
    await reader.listAccounts();
    await rotate('con_list', 'second');
    expect(await reader.listAccounts()).toEqual([]);
    expect(await pagesOf(reader)).toEqual([0, 1, 2]);
    await rotate('con_list', 'third');
    expect(await pagesOf(reader)).toEqual([0, 1, 2]);
  });

  it('fails a report under way rather than answer a page twice, and reads it whole when repeated', async () => {
    const reader = await connected('con_report');
    platform.rotateAt(2, () => rotate('con_report', 'second'));
    await expect(pagesOf(reader)).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(await pagesOf(reader)).toEqual([0, 1, 2]);
  });

  it('asks once more, not for ever: a refusal stands when there is no newer secret', async () => {
    const reader = await connected('con_gone');
    platform.accept('somebody else’s');
    const before = platform.calls;
    await expect(reader.listAccounts()).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(platform.calls).toBe(before + 1);
    await rotate('con_gone', 'second');
    platform.accept('third');
    await expect(reader.listAccounts()).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(platform.calls).toBe(before + 3);
  });

  it('renews once for all calls that were refused at the same time', async () => {
    const reader = await connected('con_many');
    await reader.listAccounts();
    await rotate('con_many', 'second');
    await Promise.all(Array.from({ length: 5 }, () => reader.listAccounts()));
    expect(await pagesOf(reader)).toEqual([0, 1, 2]);
  });
});
