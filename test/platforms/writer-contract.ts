import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError } from '../../domain/integrations/platform.ts';
import type {
  Creation,
  ObjectAddress,
  PlatformOperation,
  PresentObject,
  WriteKey,
} from '../../domain/integrations/platform-writer.ts';
import type { RunningWriter, WriterUnderTest } from './writer-under-test.ts';

/** What every platform's writer does alike: one suite, a file a platform that runs it. */
export function describeWriter(underTest: WriterUnderTest): void {
  describe(`the writer of ${underTest.id}`, { timeout: 20_000 }, () => writerSuite(underTest));
}

/** A key of its own for each operation. */
const keys = (() => {
  let count = 0;
  return (): WriteKey => {
    count += 1;
    return { operationId: `op_${count}`, requestId: String(1_000_000 + count) };
  };
})();

function writerSuite({ id, account, rules, plan, start }: WriterUnderTest): void {
  let platform: RunningWriter;
  beforeEach(async () => {
    platform = await start();
  });
  afterEach(() => platform.stop());

  const apply = (operation: PlatformOperation, key = keys()) => platform.writer.apply(account, operation, key);
  const made = (creation: Creation, key = keys()) => platform.writer.made(account, creation, key);

  async function present(address: ObjectAddress): Promise<PresentObject> {
    const found = await platform.writer.present(account, address);
    if (found === undefined) throw new Error(`${id} has no ${address.kind} ${address.platformId}`);
    return found;
  }

  async function campaign(name = 'Autumn'): Promise<ObjectAddress> {
    const operation = plan.campaign(name);
    const { platformId } = await apply(operation);
    const above = { campaignPlatformId: null, adGroupPlatformId: null };
    return { kind: 'campaign', platformId, ...above, campaignType: operation.type };
  }

  async function adGroup(within: ObjectAddress, name = 'Trail shoes'): Promise<ObjectAddress> {
    const { platformId } = await apply(plan.adGroup(name, within));
    const { platformId: campaignPlatformId, campaignType } = within;
    return { kind: 'ad-group', platformId, campaignPlatformId, adGroupPlatformId: null, campaignType };
  }

  const media = async (): Promise<string> => (plan.media === null ? '' : (await apply(plan.media)).platformId);

  async function family(): Promise<Readonly<Record<'campaign' | 'ad-group' | 'ad', ObjectAddress>>> {
    const top = await campaign();
    const middle = await adGroup(top);
    const { platformId } = await apply(plan.ad('First ad', middle, await media()));
    const above = { campaignPlatformId: top.platformId, adGroupPlatformId: middle.platformId };
    return {
      campaign: top,
      'ad-group': middle,
      ad: { kind: 'ad', platformId, ...above, campaignType: top.campaignType },
    };
  }

  async function failure(promise: Promise<unknown>): Promise<PlatformError> {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof PlatformError)) throw new Error(`a PlatformError was expected, not ${String(error)}`);
    return error;
  }

  it('creates a campaign, an ad group and an ad that are paused and stand beneath each other', async () => {
    const { campaign: top, 'ad-group': middle, ad } = await family();
    expect(await present(top)).toMatchObject({ address: top, name: 'Autumn', status: 'paused' });
    expect(await present(middle)).toMatchObject({ address: middle, name: 'Trail shoes', status: 'paused' });
    expect(await present(ad)).toMatchObject({ address: ad, status: 'paused' });
  });

  it('answers the platform`s own name of the call', async () => {
    const written = await apply(plan.campaign('Autumn'));
    expect(written.platformId).not.toBe('');
    expect(written.platformRequestId).toEqual(expect.stringMatching(/\S/));
  });

  it('enables and pauses at every level', async () => {
    const addresses = await family();
    for (const address of Object.values(addresses)) {
      await apply({ do: 'set-status', target: address, status: 'enabled' });
      expect((await present(address)).status).toBe('enabled');
      await apply({ do: 'set-status', target: address, status: 'paused' });
      expect((await present(address)).status).toBe('paused');
    }
  });

  it('sets what it is asked to and reads it back equal', async () => {
    const addresses = await family();
    const at = {
      budget: addresses[plan.budget.level],
      bidding: addresses[plan.bidding.level],
      targeting: addresses[plan.targeting.level],
    };
    await apply({ do: 'set-daily-budget', target: at.budget, dailyBudget: plan.budget.value });
    expect((await present(at.budget)).dailyBudget).toEqual(plan.budget.value);
    await apply({ do: 'set-bidding', target: at.bidding, bidding: plan.bidding.value });
    expect((await present(at.bidding)).bidding).toEqual(plan.bidding.value);
    await apply({ do: 'set-targeting', target: at.targeting, targeting: plan.targeting.value });
    expect((await present(at.targeting)).targeting).toMatchObject(plan.targeting.value);
    await apply({ do: 'rename', target: addresses.campaign, name: 'Winter' });
    expect((await present(addresses.campaign)).name).toBe('Winter');
  });

  it('comes to the same when a change is applied twice', async () => {
    const addresses = await family();
    const target = addresses[plan.targeting.level];
    const operation = { do: 'set-targeting', target, targeting: plan.targeting.value } as const;
    await apply(operation);
    const once = await present(target);
    await apply(operation);
    expect(await present(target)).toEqual(once);
  });

  it('removes for good', async () => {
    const { campaign: top } = await family();
    await apply({ do: 'remove', target: top });
    const after = await platform.writer.present(account, top);
    expect(after === undefined || after.status === 'removed').toBe(true);
  });

  it('finds what an earlier try has made, and nothing before or after', async () => {
    expect(await made(plan.campaign('Autumn'))).toBeUndefined();
    const top = await campaign();
    expect((await made(plan.campaign('Autumn')))?.platformId).toBe(top.platformId);
    expect(await made(plan.campaign('Autumn 2'))).toBeUndefined();
    expect(await made(plan.adGroup('Trail shoes', top))).toBeUndefined();
    const middle = await adGroup(top);
    expect((await made(plan.adGroup('Trail shoes', top)))?.platformId).toBe(middle.platformId);
    const mediaId = await media();
    expect(await made(plan.ad('First ad', middle, mediaId))).toBeUndefined();
    const { platformId } = await apply(plan.ad('First ad', middle, mediaId));
    expect((await made(plan.ad('First ad', middle, mediaId)))?.platformId).toBe(platformId);
    await apply({ do: 'remove', target: top });
    expect(await made(plan.campaign('Autumn'))).toBeUndefined();
  });

  describe.each(['act-then-timeout', 'act-then-reset'] as const)('when the platform acts and %s', (trouble) => {
    it('sends a creation once, and finds what it has made', async () => {
      const key = keys();
      platform.trouble(trouble);
      expect(await failure(apply(plan.campaign('Autumn'), key))).toMatchObject({ kind: 'unavailable' });
      expect(platform.arrivals()).toBe(1);
      const found = await made(plan.campaign('Autumn'), key);
      expect(found?.platformId).toEqual(expect.stringMatching(/\S/));
      expect(platform.arrivals()).toBe(1);
    });

    it('sends a change once, and reads that it is in force', async () => {
      const addresses = await family();
      const target = addresses[plan.budget.level];
      const before = platform.arrivals();
      platform.trouble(trouble);
      const change = { do: 'set-daily-budget', target, dailyBudget: plan.budget.value } as const;
      expect(await failure(apply(change))).toMatchObject({ kind: 'unavailable' });
      expect(platform.arrivals() - before).toBe(1);
      expect((await present(target)).dailyBudget).toEqual(plan.budget.value);
    });
  });

  it('says that the authorization is no longer good, and has done nothing', async () => {
    platform.trouble('token-expired');
    expect(await failure(apply(plan.campaign('Autumn')))).toMatchObject({ kind: 'unauthorized' });
    expect(platform.arrivals()).toBe(1);
    expect(await made(plan.campaign('Autumn'))).toBeUndefined();
  });

  it('says that the platform is in maintenance, and does not try again by itself', async () => {
    platform.trouble('maintenance');
    const error = await failure(apply(plan.campaign('Autumn')));
    expect(error).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(platform.arrivals()).toBe(1);
    expect(await made(plan.campaign('Autumn'))).toBeUndefined();
  });

  it('has nothing to read of an unknown object, and names it where a change is about one', async () => {
    const real = await campaign();
    const target = { ...real, platformId: `${real.platformId.slice(0, -3)}999` };
    expect(await platform.writer.present(account, target)).toBeUndefined();
    expect(await failure(apply({ do: 'set-status', target, status: 'enabled' }))).toMatchObject({ kind: 'rejected' });
  });

  it('refuses a budget below the least, and one in another currency, before anything is sent', async () => {
    const addresses = await family();
    const target = addresses[plan.budget.level];
    const before = platform.arrivals();
    const other = { ...plan.budget.value, currency: plan.budget.value.currency === 'CHF' ? 'NOK' : 'CHF' };
    for (const dailyBudget of [plan.budget.tooSmall, other]) {
      const change = { do: 'set-daily-budget', target, dailyBudget } as const;
      expect(rules.objections(change, account).map(({ field }) => field)).toContain('dailyBudget');
      const error = await failure(apply(change));
      expect(error.kind).toBe('rejected');
      expect(error.message).toContain('dailyBudget');
    }
    expect(platform.arrivals()).toBe(before);
  });

  it('refuses a text that is too long before anything is sent', async () => {
    const top = await campaign();
    const middle = await adGroup(top);
    const long = plan.tooLong(plan.ad('First ad', middle, await media()));
    const before = platform.arrivals();
    expect(rules.objections(long, account).map(({ field }) => field)).toContain(plan.tooLongField);
    const error = await failure(apply(long));
    expect(error.kind).toBe('rejected');
    expect(error.message).toContain(plan.tooLongField);
    expect(platform.arrivals()).toBe(before);
  });
}
