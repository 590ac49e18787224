import { describe, expect, it } from 'vitest';
import { mostTries, settleMs } from '../../../../domain/changes/after-failure.ts';
import { PlatformError } from '../../../../domain/integrations/platform.ts';
import { adGroupUnder, applyWorld, campaignId, creation, enable, euros, raise } from './apply-world.ts';

const refusal = (kind: PlatformError['kind'], retryAfterSeconds?: number) =>
  new PlatformError(kind, 'The platform’s own words.', {
    platform: 'linkedin-ads',
    ...(kind === 'rejected' && { platformCode: 'BUDGET_TOO_LOW' }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });

describe('a change that is applied', () => {
  it('writes each operation once, in order, with who, why and the platform’s name of the call', async () => {
    const { world, changes, audit, decided, apply } = applyWorld();
    const id = await decided([raise(10, 12), enable]);
    expect(await apply(id)).toEqual({ nextAt: null });
    expect(world.writes.map((one) => one.do)).toEqual(['set-daily-budget', 'set-status']);
    expect(await changes.get(id)).toMatchObject({ status: 'applied', finishedAt: expect.any(String) });
    expect(await changes.operations(id)).toMatchObject([
      { status: 'applied', result: { platformId: '77', platformRequestId: 'call-1' }, attempts: 1, sentAt: null },
      { status: 'applied', result: { platformRequestId: 'call-2' } },
    ]);
    const entries = (await audit.list({ limit: 10 })).items.toReversed();
    expect(entries.map(({ action }) => action)).toEqual([
      'change.previewed',
      'change.confirmed',
      'operation.applied',
      'operation.applied',
      'change.finished',
    ]);
    expect(entries[2]).toMatchObject({
      actor: 'anna',
      reason: 'Spend moves to what earns',
      requestId: 'request-1',
      platformRequestId: 'call-1',
      object: { kind: 'campaign', id: campaignId, platformId: '77' },
      before: { dailyBudget: euros(10) },
      after: { dailyBudget: euros(12) },
    });
    expect((await audit.verify()).valid).toBe(true);
    expect(world.mirrored).toHaveLength(2);
    await apply(id);
    expect(world.writes).toHaveLength(2);
  });

  it('makes what is new from the top down and hands the platform’s ids on', async () => {
    const { world, changes, decided, apply } = applyWorld();
    const id = await decided([creation('top'), adGroupUnder('top', 0, 'left'), adGroupUnder('top', 0, 'right')]);
    await apply(id);
    expect(world.writes[0]).toMatchObject({ do: 'create-campaign', name: 'top' });
    for (const child of world.writes.slice(1)) {
      expect(child).toMatchObject({ do: 'create-ad-group', campaign: { kind: 'campaign', platformId: 'made-0' } });
    }
    const made = (await changes.operations(id)).map(({ object }) => object);
    expect(made.map((object) => object.id)).not.toContain(null);
    expect(made.map((object) => object.campaignId)).toEqual(made.map(() => made[0]?.id));
  });

  it('stops at a value that somebody else set, shows both and writes nothing', async () => {
    const { world, changes, audit, decided, apply } = applyWorld();
    world.present = { ...world.present, dailyBudget: euros(50) };
    const id = await decided([raise(10, 12)]);
    await apply(id);
    expect(world.writes).toEqual([]);
    expect(await changes.get(id)).toMatchObject({ status: 'failed' });
    const conflict = { field: 'dailyBudget', expected: euros(10), found: euros(50) };
    expect(await changes.operations(id)).toMatchObject([{ status: 'conflict', conflict }]);
    expect((await audit.list({ action: 'operation.conflict', limit: 1 })).items).toMatchObject([
      { after: { found: conflict } },
    ]);
  });

  it('enables nothing whose budget could not be lowered', async () => {
    const { world, changes, decided, apply, statuses } = applyWorld();
    world.onWrite = async () => {
      throw refusal('rejected');
    };
    const id = await decided([raise(10, 5), enable]);
    await apply(id);
    expect(await statuses(id)).toEqual(['failed', 'blocked']);
    expect(await changes.operations(id)).toMatchObject([
      { error: { reason: expect.stringContaining('own words'), platformCode: 'BUDGET_TOO_LOW' } },
      { error: { reason: expect.stringContaining('blocked by operations.0') } },
    ]);
  });

  it('goes on with what does not depend on the failed, and resumes the rest', async () => {
    const { world, changes, decided, apply, statuses, entry } = applyWorld();
    world.onWrite = async (operation, act) => {
      if ('name' in operation && operation.name === 'top') throw refusal('unauthorized');
      act();
    };
    const id = await decided([creation('top'), adGroupUnder('top', 0, 'left'), enable]);
    await apply(id);
    expect(await statuses(id)).toEqual(['failed', 'blocked', 'applied']);
    const change = await changes.get(id);
    expect(change?.status).toBe('partial');
    if (change === undefined) return;

    world.onWrite = undefined;
    const again = (await changes.operations(id)).filter(({ status }) => status !== 'applied');
    const at = new Date(world.now).toISOString();
    const decision = { next: { status: 'applying' } as const, audit: [entry(change, 'change.resumed', at)] };
    expect(await changes.apply(change, decision, again, await changes.decisions())).toBe(true);
    await apply(id);
    expect(await statuses(id)).toEqual(['applied', 'applied', 'applied']);
    expect((await changes.get(id))?.status).toBe('applied');
    expect(world.writes.map((one) => one.do)).toEqual(['set-status', 'create-campaign', 'create-ad-group']);
  });
});

describe('a platform that does not answer as it should', () => {
  it('is read first after a write without an answer, once it has settled; what it made is taken over', async () => {
    const { world, decided, apply, statuses } = applyWorld();
    world.onWrite = async (_operation, act) => {
      act();
      throw refusal('unavailable');
    };
    const id = await decided([creation('top'), raise(10, 12)]);
    const { nextAt } = await apply(id);
    expect(nextAt).toBe(world.now + settleMs);
    expect(await statuses(id)).toEqual(['pending', 'pending']);
    expect(await apply(id)).toEqual({ nextAt });
    world.now += settleMs;
    expect(await apply(id)).toEqual({ nextAt: null });
    expect(await statuses(id)).toEqual(['applied', 'applied']);
    expect(world.writes).toHaveLength(2);
  });

  it('is asked again when it has not acted', async () => {
    const { world, decided, apply, statuses } = applyWorld();
    let asked = 0;
    world.onWrite = async (_operation, act) => {
      asked += 1;
      if (asked === 1) throw refusal('unavailable');
      act();
    };
    const id = await decided([creation('top')]);
    await apply(id);
    world.now += settleMs;
    await apply(id);
    expect([asked, world.writes.length]).toEqual([2, 1]);
    expect(await statuses(id)).toEqual(['applied']);
  });

  it('is waited for as long as it asks', async () => {
    const { world, decided, apply } = applyWorld();
    world.onRead = async () => {
      throw refusal('rate-limited', 9);
    };
    const id = await decided([raise(10, 12)]);
    expect(await apply(id)).toEqual({ nextAt: world.now + 9_000 });
    world.onRead = undefined;
    world.now += 9_000;
    await apply(id);
    expect(world.writes).toHaveLength(1);
  });

  it('leaves an operation open, to be looked at, when it never says whether it acted', async () => {
    const { world, changes, decided, apply } = applyWorld();
    world.onWrite = async () => {
      throw refusal('unavailable');
    };
    const id = await decided([creation('top')]);
    for (let tries = 0; tries < mostTries + 1; tries += 1) {
      await apply(id);
      world.now += settleMs * 2;
    }
    expect(await changes.operations(id)).toMatchObject([
      { status: 'unknown', sentAt: expect.any(String), attempts: mostTries, error: { reason: expect.any(String) } },
    ]);
    expect((await changes.get(id))?.status).toBe('failed');
  });

  it('keeps the object to itself while a last write without an answer may still be done', async () => {
    const { world, decided, apply, statuses } = applyWorld();
    world.onWrite = async () => {
      throw refusal('unavailable');
    };
    const id = await decided([raise(10, 12)]);
    for (let tries = 0; tries < mostTries - 1; tries += 1) {
      await apply(id);
      world.now += settleMs * 2;
    }
    const sent = world.writes.length;
    await apply(id);
    expect(await statuses(id)).toEqual(['unknown']);
    expect(world.writes.length - sent).toBeLessThanOrEqual(1);
    world.onWrite = undefined;
    const other = await decided([enable]);
    const before = world.writes.length;
    await apply(other);
    expect(world.writes).toHaveLength(before);
    world.now += settleMs * 2;
    await apply(other);
    expect(await statuses(other)).toEqual(['applied']);
  });

  it('is not asked by whoever stood still after the mark', async () => {
    const { world, ports, decided, apply } = applyWorld();
    const { outbox } = ports();
    const slow = {
      ...outbox,
      sending: async (...given: Parameters<typeof outbox.sending>) => {
        const sent = await outbox.sending(...given);
        world.now += 45_000;
        return sent;
      },
    };
    const id = await decided([creation('top')]);
    // Given back unsent, and taken up again at once: that one stands still as well.
    let turns = 0;
    await apply(id, { outbox: slow, remainingMs: () => (turns++ < 2 ? 600_000 : 0) });
    expect(world.writes).toEqual([]);
    await apply(id);
    expect(world.writes).toHaveLength(1);
  });
});

describe('several at once', () => {
  it('end what is under way before the change is given up', async () => {
    const { world, table, decided, apply, statuses } = applyWorld();
    const id = await decided([creation('a'), creation('b')]);
    const attempt = table.attempt.bind(table);
    table.attempt = () => {
      table.attempt = attempt;
      return Promise.reject(new Error('The table is gone.'));
    };
    world.onWrite = async (_operation, act) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      act();
    };
    await expect(apply(id)).rejects.toThrow('The table is gone.');
    expect(await statuses(id)).toEqual(['planned', 'applied']);
    await apply(id);
    expect(await statuses(id)).toEqual(['applied', 'applied']);
    expect(world.writes).toHaveLength(2);
  });

  it('apply one change once', async () => {
    const { world, decided, apply, statuses } = applyWorld();
    const id = await decided([creation('a'), creation('b'), raise(10, 12), enable]);
    await Promise.all([apply(id), apply(id), apply(id)]);
    world.now += 60_000;
    await apply(id);
    expect(world.writes).toHaveLength(4);
    expect(await statuses(id)).toEqual(['applied', 'applied', 'applied', 'applied']);
  });

  it('write the audit trail in turn instead of in each other’s way', async () => {
    const { table, decided, apply } = applyWorld();
    const id = await decided(Array.from({ length: 30 }, (_, index) => creation(`number-${index}`)));
    const attempt = table.attempt.bind(table);
    let entries = 0;
    table.attempt = (actions) => {
      if (actions.some((one) => 'put' in one && one.put.sk === 'AUDIT-HEAD')) entries += 1;
      return attempt(actions);
    };
    await apply(id);
    // What ends side by side goes into one transaction; one more closes the change. Alone it would be 31, in each other's way hundreds.
    expect(entries).toBeLessThan(31);
  });

  it('let one of two changes of the same value through; the other is told of a conflict', async () => {
    const { world, decided, apply, statuses } = applyWorld();
    const [one, two] = [await decided([raise(10, 12)]), await decided([raise(10, 14)])];
    await Promise.all([apply(one), apply(two)]);
    for (let turn = 0; turn < 3; turn += 1) {
      world.now += 2_000;
      await apply(one);
      await apply(two);
    }
    expect(world.writes).toHaveLength(1);
    expect([...(await statuses(one)), ...(await statuses(two))].sort()).toEqual(['applied', 'conflict']);
  });
});

describe('what may no longer be applied', () => {
  it('is failed with what to do where the connection is closed', async () => {
    const { world, changes, decided, apply } = applyWorld();
    const problem = { field: 'accountId', reason: 'the connection is paused', platformCode: null };
    world.writerOf = async () => ({ kind: 'closed', problem });
    const id = await decided([raise(10, 12)]);
    await apply(id);
    expect(await changes.operations(id)).toMatchObject([{ status: 'failed', error: problem }]);
  });

  it('is an upload whose bytes are others than those previewed', async () => {
    const { world, changes, decided, apply } = applyWorld();
    const upload = (sha256: string) => ({
      operation: {
        do: 'upload-asset',
        ref: `a-${sha256}`,
        accountId: 'acc_00000000000000000000000000',
        kind: 'image',
        name: sha256,
        url: 'https://example.com/hero.png',
      } as const,
      object: { kind: 'asset', id: null, name: sha256, campaignId: null } as const,
      sha256,
    });
    const id = await decided([upload('bytes'), upload('others')]);
    await apply(id);
    expect(await changes.operations(id)).toMatchObject([
      { status: 'applied' },
      { status: 'conflict', conflict: { field: 'url', expected: 'others', found: 'bytes' } },
    ]);
    expect(world.writes).toMatchObject([{ do: 'upload-asset', contentType: 'image/png' }]);
  });

  it('is nothing of a change that nobody decided on, whatever lies in the outbox', async () => {
    const { world, table, changes, decided, apply } = applyWorld();
    const id = await decided([raise(10, 12)]);
    const change = await changes.get(id);
    if (change === undefined) return;
    const item = await table.get({
      pk: `WS#${(await table.query({ pk: 'OUTBOX', index: 'gsi1' })).items[0]?.workspaceId}`,
      sk: `CHANGE#${id}`,
    });
    await table.put({ ...(item as { pk: string; sk: string }), record: { ...change, status: 'previewed' } });
    await apply(id);
    expect(world.writes).toEqual([]);
    expect((await changes.queued(id)).size).toBe(1);
    await table.put({ ...(item as { pk: string; sk: string }), record: { ...change, status: 'discarded' } });
    world.now += 20 * 60_000;
    await apply(id);
    expect((await changes.queued(id)).size).toBe(0);
    expect(world.writes).toEqual([]);
  });
});

describe('a decision on more operations than one transaction holds', () => {
  const many = 100;

  it('loses none of them when a worker comes between its writes', async () => {
    const { world, table, changes, decided, apply, statuses, entry } = applyWorld();
    world.onWrite = async () => {
      throw refusal('rejected');
    };
    const id = await decided(Array.from({ length: many }, (_, index) => creation(`number-${index}`)));
    await apply(id);
    expect(new Set(await statuses(id))).toEqual(new Set(['failed']));

    world.onWrite = undefined;
    const attempt = table.attempt.bind(table);
    let visits = 0;
    table.attempt = async (actions) => {
      table.attempt = attempt;
      expect((await changes.queued(id)).size).toBeGreaterThan(0);
      await apply(id);
      visits += 1;
      return attempt(actions);
    };
    const failed = await changes.get(id);
    if (failed === undefined) throw new Error(`There is no change ${id}.`);
    const resumption = {
      next: { status: 'applying', finishedAt: null },
      audit: [entry(failed, 'change.resumed', new Date(world.now).toISOString())],
    } as const;
    expect(await changes.apply(failed, resumption, await changes.operations(id), await changes.decisions())).toBe(true);
    await apply(id);
    expect(visits).toBe(1);
    expect(new Set(await statuses(id))).toEqual(new Set(['applied']));
    expect(world.writes).toHaveLength(many);
  });
});

describe('an undoing', () => {
  it('marks the change it undoes; a second one is refused, unless the first did nothing', async () => {
    const { world, changes, decided, apply } = applyWorld();
    const done = await decided([raise(10, 12)]);
    await apply(done);
    world.onWrite = async () => {
      throw refusal('rejected');
    };
    const undo = await decided([raise(12, 10)], { undoOf: done });
    expect((await changes.get(done))?.undoneBy).toBe(undo);
    await expect(decided([raise(12, 10)], { undoOf: done })).rejects.toThrow('undone by');
    await apply(undo);
    expect((await changes.get(done))?.undoneBy).toBeNull();
    world.onWrite = undefined;
    const again = await decided([raise(12, 10)], { undoOf: done });
    await apply(again);
    expect((await changes.get(done))?.undoneBy).toBe(again);
  });
});
