import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGlueRegistry } from '../../../adapters/streams/glue-registry.ts';
import { createGlue } from '../../../local/services/glue/glue-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

let dataDir: string;
let glue: ReturnType<typeof createGlue>;
let served: ServedService;
const config = () => ({
  aws: { region: 'eu-central-1', endpoint: served.endpoint, s3Endpoint: undefined },
  credentials: { accessKeyId: 'operator', secretAccessKey: 'x', sessionToken: undefined },
  schemas: { registry: 'schemas' },
});
const resource = (type: string, properties: Record<string, unknown>) => ({
  type,
  stack: 'S',
  logicalId: 'One',
  physicalId: 'arn:aws:glue:eu-central-1:000000000000:schema/schemas/event',
  arn: 'arn',
  properties,
});
const first = { type: 'record', name: 'Event', fields: [{ name: 'id', type: 'string' }] };
const second = { ...first, fields: [...first.fields, { name: 'note', type: 'string', default: '' }] };
const schema = () =>
  resource('AWS::Glue::Schema', {
    Name: 'event',
    Registry: { Name: 'schemas' },
    DataFormat: 'AVRO',
    SchemaDefinition: JSON.stringify(first),
  });
const later = () =>
  resource('AWS::Glue::SchemaVersion', {
    Schema: { RegistryName: 'schemas', SchemaName: 'event' },
    SchemaDefinition: JSON.stringify(second),
  });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-glue-'));
  glue = createGlue({ ...PLACE, dataDir, clock: Date.now });
  await glue.provision(schema());
  await glue.provision(later());
  served = await serveService(glue);
});
afterEach(async () => {
  await served.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('finds a version by its definition, whatever the order of its attributes, and the definition by the version', async () => {
  const registry = createGlueRegistry(config());
  const { fields, ...rest } = second;
  const id = await registry.idOf('event', { fields, ...rest });
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(await registry.definitionOf(id)).toEqual(second);
  expect(await registry.definitionOf(await registry.idOf('event', first))).toEqual(first);
  expect(served.needs[0]).toEqual([
    { action: 'glue:GetSchemaByDefinition', resource: 'arn:aws:glue:eu-central-1:000000000000:registry/schemas' },
    { action: 'glue:GetSchemaByDefinition', resource: 'arn:aws:glue:eu-central-1:000000000000:schema/schemas/event' },
  ]);
});

it('knows nothing of a version that nobody registered', async () => {
  const registry = createGlueRegistry(config());
  expect(await registry.definitionOf('00000000-0000-8000-a000-000000000000')).toBeUndefined();
  await expect(registry.idOf('event', { ...first, name: 'Other' })).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('deploy it'),
  });
});

it('has the same ids after a restart, and keeps versions that the template no longer has', async () => {
  const before = await createGlueRegistry(config()).idOf('event', second);
  await served.close();
  glue = createGlue({ ...PLACE, dataDir, clock: Date.now });
  await glue.provision(schema());
  served = await serveService(glue);
  expect(await createGlueRegistry(config()).definitionOf(before)).toEqual(second);
});
