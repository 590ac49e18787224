import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInput, publishInput } from '../../../contracts/etl.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';
import { failure } from '../../../functions/integrations/record-failure/record-failure.ts';
import { FunctionError, MachineRoom } from '../../local/step-functions/machine-room.ts';

const text = readFileSync(join(import.meta.dirname, '../../../state-machines/etl.asl.json'), 'utf8');
/** Functions by their substitution's name; the machine room finds them by it. */
const definition = JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, '$1')) as object;

const run = { workspaceId: newId('wsp', 1), runId: newId('run', 1) };
const input = { ...run, trigger: 'daily', from: null, to: null, accountIds: null };
const item = (index: number) => ({
  ...run,
  itemId: `item-${index}`,
  connectionId: 'con_1',
  platform: 'google-ads',
  accountId: derivedId('acc', [String(index)]),
  accountPlatformId: String(index),
  accountName: `Shop ${index}`,
  managerPlatformId: null,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  from: '2026-11-01',
  to: '2026-11-20',
  grains: ['account'],
  withStructure: true,
});
type Item = ReturnType<typeof item>;

/** The steps as they answer when all is well; a test puts others in their place. */
function room(items: readonly Item[], steps: Readonly<Record<string, (payload: never) => unknown>> = {}): MachineRoom {
  return new MachineRoom({
    functions: {
      PlanSync: () => ({ ...run, bucket: 'lake', itemsKey: 'runs/items.json', itemCount: items.length }),
      ExtractReport: () => ({ rowsExtracted: 4 }),
      TransformReport: () => ({ loads: [{ grain: 'account', rows: 4, removeVanished: true }] }),
      LoadFacts: () => ({ rowsLoaded: 4 }),
      PublishRollups: () => ({ status: 'succeeded' }),
      CheckQuality: () => ({ ok: 20 }),
      RecordFailure: () => null,
      ...steps,
    },
    // Whole milliseconds, as a real clock has them.
    random: () => 0.5,
    sdk: (_, action) => (action === 'getObject' ? { Body: JSON.stringify(items) } : {}),
  });
}

const payloadsOf = (machine: MachineRoom, name: string) =>
  machine.invoked.filter((one) => one.arn.endsWith(name)).map((one) => one.payload);

describe('the way of a run through its states', () => {
  it('takes every item through extract, transform and load, with what each step needs, and publishes once', async () => {
    const items = [item(1), item(2), item(3), item(4)];
    await using machine = room(items);
    const end = await machine.run(definition, input);
    expect(end).toMatchObject({ status: 'SUCCEEDED', output: { status: 'succeeded' } });
    expect(payloadsOf(machine, 'PlanSync')).toEqual([input]);
    expect(payloadsOf(machine, 'ExtractReport')).toEqual(expect.arrayContaining(items));
    expect(payloadsOf(machine, 'TransformReport')).toHaveLength(4);
    const loads = payloadsOf(machine, 'LoadFacts').map((payload) => loadInput.parse(payload));
    expect(loads.map((load) => load.item.itemId).sort()).toEqual(items.map((one) => one.itemId));
    expect(payloadsOf(machine, 'PublishRollups').map((payload) => publishInput.parse(payload))).toEqual([run]);
    expect(payloadsOf(machine, 'CheckQuality').map((payload) => publishInput.parse(payload))).toEqual([run]);
    expect(payloadsOf(machine, 'RecordFailure')).toEqual([]);
  });

  it('ends well when the checks cannot be run: what is published stays', async () => {
    await using machine = room([item(1)], {
      CheckQuality: () => {
        throw new FunctionError('AppError.internal', 'out of memory');
      },
    });
    const end = await machine.run(definition, input);
    expect(end).toMatchObject({ status: 'SUCCEEDED', output: { status: 'succeeded' } });
    expect(payloadsOf(machine, 'RecordFailure')).toEqual([]);
  });

  it('records the account that fails, in the words of its error, and loads the others', async () => {
    await using machine = room([item(1), item(2)], {
      ExtractReport: (one: Item) => {
        if (one.itemId === 'item-1') throw new FunctionError('PlatformError.unauthorized', 'Connect again.');
        return {};
      },
    });
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    const [recorded] = payloadsOf(machine, 'RecordFailure').map((payload) => failure.parse(payload));
    expect(recorded).toMatchObject({ ...run, itemId: 'item-1', accountId: item(1).accountId });
    expect(recorded?.error.Error).toBe('PlatformError.unauthorized');
    expect(JSON.parse(recorded?.error.Cause ?? '')).toMatchObject({ errorMessage: 'Connect again.' });
    expect(payloadsOf(machine, 'LoadFacts')).toHaveLength(1);
    expect(payloadsOf(machine, 'ExtractReport')).toHaveLength(2);
  });

  it('tries an account again that was rate-limited, after at most the first minute doubled', async () => {
    let failures = 2;
    await using machine = room([item(1)], {
      ExtractReport: () => {
        failures -= 1;
        if (failures >= 0) throw new FunctionError('PlatformError.rate-limited', 'Slow down.');
        return {};
      },
    });
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    expect(payloadsOf(machine, 'ExtractReport')).toHaveLength(3);
    expect(payloadsOf(machine, 'RecordFailure')).toEqual([]);
    expect(Math.max(...machine.timers.fired)).toBeLessThanOrEqual(180_000);
  });

  it('gives up on an account whose load is refused for good, without repeating it', async () => {
    await using machine = room([item(1)], {
      LoadFacts: () => {
        throw new FunctionError('AppError.internal', 'no such table');
      },
    });
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    expect(payloadsOf(machine, 'LoadFacts')).toHaveLength(1);
    expect(payloadsOf(machine, 'RecordFailure')).toHaveLength(1);
    expect(payloadsOf(machine, 'PublishRollups')).toHaveLength(1);
  });

  it('publishes even when a failure could not be written down', async () => {
    const broken = () => {
      throw new FunctionError('AppError.internal');
    };
    await using machine = room([item(1), item(2)], { ExtractReport: broken, RecordFailure: broken });
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    expect(payloadsOf(machine, 'PublishRollups')).toHaveLength(1);
  });

  it('goes straight to publishing when there is nothing to load', async () => {
    await using machine = room([]);
    expect(await machine.run(definition, input)).toMatchObject({ status: 'SUCCEEDED' });
    expect(payloadsOf(machine, 'ExtractReport')).toEqual([]);
    expect(payloadsOf(machine, 'PublishRollups')).toHaveLength(1);
  });

  it.each(['PlanSync', 'PublishRollups'])('closes the run as failed when %s fails for good', async (step) => {
    await using machine = room([item(1)], {
      [step]: () => {
        throw new FunctionError('AppError.internal', 'out of order');
      },
    });
    expect(await machine.run(definition, input)).toMatchObject({ status: 'FAILED', error: 'AppError.internal' });
    expect(payloadsOf(machine, 'RecordFailure').map((payload) => failure.parse(payload))).toMatchObject([
      { ...run, itemId: null, accountId: null, error: { Error: 'AppError.internal' } },
    ]);
  });
});
