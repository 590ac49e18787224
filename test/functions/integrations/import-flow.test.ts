import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkInput, loadInput, publishInput } from '../../../contracts/etl.ts';
import { importWork } from '../../../contracts/schemas/imports.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';
import { FunctionError, MachineRoom } from '../../local/step-functions/machine-room.ts';

const text = readFileSync(join(import.meta.dirname, '../../../state-machines/import.asl.json'), 'utf8');
const definition = JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, '$1')) as object;

const run = { workspaceId: newId('wsp', 1), runId: newId('run', 1) };
const input = { ...run, importId: newId('imp', 1), action: 'load' };
const item = {
  ...run,
  itemId: 'item',
  connectionId: 'imported',
  platform: 'google-ads',
  accountId: derivedId('acc', ['1']),
  accountPlatformId: '1',
  accountName: 'Shop',
  managerPlatformId: null,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  from: '2026-11-01',
  to: '2026-11-20',
  grains: ['campaign'],
  withStructure: false,
  origin: 'import',
};

const room = (loads: readonly object[], steps: Readonly<Record<string, (payload: never) => unknown>> = {}) =>
  new MachineRoom({
    functions: {
      LoadImport: ({ step }: { step: string }) => (step === 'read' ? { item, loads } : {}),
      LoadFacts: () => ({ rowsLoaded: 4 }),
      PublishRollups: () => ({ status: 'succeeded' }),
      CheckQuality: () => ({ accounts: 1 }),
      ...steps,
    },
    random: () => 0.5,
  });
const payloadsOf = (machine: MachineRoom, name: string) =>
  machine.invoked.filter((one) => one.arn.endsWith(name)).map((one) => one.payload);

describe('the way of an import through its states', () => {
  it.each([
    ['with rows to load', [{ grain: 'campaign', rows: 4, removeVanished: false }]],
    ['with none, when it is taken away', []],
  ])('reads, loads, publishes, checks and finishes %s', async (_, loads) => {
    await using machine = room(loads);
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    const own = payloadsOf(machine, 'LoadImport').map((payload) => importWork.parse(payload));
    expect(own).toEqual([
      { ...input, step: 'read' },
      { ...input, step: 'finish' },
    ]);
    expect(payloadsOf(machine, 'LoadFacts').map((payload) => loadInput.parse(payload))).toEqual([{ item, loads }]);
    expect(payloadsOf(machine, 'PublishRollups').map((payload) => publishInput.parse(payload))).toEqual([run]);
    const checked = payloadsOf(machine, 'CheckQuality').map((payload) => checkInput.parse(payload));
    expect(checked).toEqual([{ ...run, importId: input.importId }]);
  });

  it('finishes what it loaded when the checks cannot be made', async () => {
    const fails = () => {
      throw new FunctionError('AppError.invalid-request', 'There is nothing to judge.');
    };
    await using machine = room([], { CheckQuality: fails });
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    expect(importWork.parse(payloadsOf(machine, 'LoadImport').at(-1))).toMatchObject({ step: 'finish' });
  });

  it.each(['LoadFacts', 'PublishRollups'])('writes down why it failed when %s does', async (name) => {
    const fails = () => {
      throw new FunctionError('AppError.invalid-request', 'The file is not what it was.');
    };
    await using machine = room([], { [name]: fails });
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    const last = importWork.parse(payloadsOf(machine, 'LoadImport').at(-1));
    expect(last).toMatchObject({ step: 'fail', error: { Error: 'AppError.invalid-request' } });
    expect(last.error?.Cause).toContain('The file is not what it was.');
  });
});
