import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as SSM from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalService, Provisioner } from '../../../local/ports.ts';
import { createSsm } from '../../../local/services/ssm/ssm-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

let dataDir: string;
let service: LocalService & Provisioner;
let served: ServedService;
let client: SSM.SSMClient;

const start = async (): Promise<void> => {
  service = createSsm({ ...PLACE, dataDir, clock: Date.now });
  served = await serveService(service);
  client = new SSM.SSMClient(served.client);
};
const stop = async (): Promise<void> => {
  client.destroy();
  await served.close();
  await service.close();
};
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-ssm-'));
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const value = async (Name: string) => (await client.send(new SSM.GetParameterCommand({ Name }))).Parameter?.Value;

describe('parameters', () => {
  it('counts versions and refuses to overwrite unasked', async () => {
    const put = (Value: string, Overwrite = false) =>
      client.send(new SSM.PutParameterCommand({ Name: '/conext/a', Value, Type: 'String', Overwrite }));
    expect((await put('1')).Version).toBe(1);
    await expect(put('2')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect((await put('2', true)).Version).toBe(2);
    expect(await value('/conext/a')).toBe('2');
    expect(await value('arn:aws:ssm:eu-central-1:000000000000:parameter/conext/a')).toBe('2');
    expect(served.needs.at(-1)).toEqual([
      { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:eu-central-1:000000000000:parameter/conext/a' },
    ]);
  });

  it('pages through a path', async () => {
    for (let index = 0; index < 12; index += 1) {
      await client.send(
        new SSM.PutParameterCommand({ Name: `/page/${String(index).padStart(2, '0')}`, Value: 'v', Type: 'String' }),
      );
    }
    await client.send(new SSM.PutParameterCommand({ Name: '/page/deep/er', Value: 'v', Type: 'String' }));
    const names = async (Recursive: boolean) => {
      const seen: string[] = [];
      for await (const page of SSM.paginateGetParametersByPath({ client, pageSize: 5 }, { Path: '/page', Recursive }))
        seen.push(...(page.Parameters ?? []).map(({ Name }) => Name ?? ''));
      return seen;
    };
    expect(await names(false)).toHaveLength(12);
    expect(await names(true)).toContain('/page/deep/er');
  });

  it('tells which of many are missing', async () => {
    const { Parameters, InvalidParameters } = await client.send(
      new SSM.GetParametersCommand({ Names: ['/conext/a', '/none'] }),
    );
    expect([Parameters?.map(({ Name }) => Name), InvalidParameters]).toEqual([['/conext/a'], ['/none']]);
  });

  it('come from the template, survive a restart and can be deleted', async () => {
    const resource = {
      type: 'AWS::SSM::Parameter',
      stack: 'Data',
      logicalId: 'P',
      physicalId: '/t/p',
      arn: 'a',
      properties: { Name: '/t/p', Type: 'String', Value: 'from the template' },
    };
    await service.provision(resource);
    await service.provision(resource);
    await stop();
    await start();
    expect((await client.send(new SSM.GetParameterCommand({ Name: '/t/p' }))).Parameter).toMatchObject({
      Value: 'from the template',
      Version: 1,
    });
    await client.send(new SSM.DeleteParameterCommand({ Name: '/t/p' }));
    await expect(value('/t/p')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    expect(service.refuse({ ...resource, properties: { ...resource.properties, Policies: '[]' } })).toContain(
      'Policies',
    );
  });
});
