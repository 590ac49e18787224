import { describe, expect, it } from 'vitest';
import { PlatformError, type RawRow } from '../../../domain/integrations/platform.ts';
import { discoverAccounts, type RunQuery } from '../../../platforms/google-ads/hierarchy.ts';

const client = (id: string, changes: Readonly<Record<string, unknown>> = {}): RawRow => ({
  customerClient: {
    id,
    descriptiveName: `Name ${id}`,
    currencyCode: 'EUR',
    timeZone: 'Europe/Berlin',
    status: 'ENABLED',
    ...changes,
  },
});

/** What each root answers: rows, or the error it throws. */
const answering = (answers: Readonly<Record<string, readonly RawRow[] | PlatformError>>): RunQuery =>
  async function* (root) {
    const answer = answers[root] ?? [];
    if (answer instanceof PlatformError) throw answer;
    yield answer;
  };

const closed = new PlatformError('rejected', 'closed', {
  platform: 'google-ads',
  platformCode: 'CUSTOMER_NOT_ENABLED',
});
const found = async (roots: readonly string[], answers: Parameters<typeof answering>[0]) =>
  (await discoverAccounts(roots, answering(answers))).map(({ platformId, managerPlatformId, status }) => [
    platformId,
    managerPlatformId,
    status,
  ]);

describe('the accounts below some customers', () => {
  it('leave managers out, at every level', async () => {
    const answers = {
      9: [client('9', { manager: true }), client('8', { manager: true, level: '1' }), client('1', { level: '2' })],
    };
    expect(await found(['9'], answers)).toEqual([['1', '9', 'enabled']]);
  });

  it('are reached directly where that is possible', async () => {
    const answers = { 9: [client('9', { manager: true }), client('1'), client('2')], 1: [client('1')] };
    expect(await found(['9', '1'], answers)).toEqual([
      ['1', undefined, 'enabled'],
      ['2', '9', 'enabled'],
    ]);
  });

  it('are listed once, through the first manager that has them', async () => {
    const answers = { 9: [client('1')], 8: [client('1')] };
    expect(await found(['9', '8'], answers)).toEqual([['1', '9', 'enabled']]);
  });

  it.each(['CANCELED', 'SUSPENDED', 'CLOSED', 'UNKNOWN'])('are disabled when %s', async (status) => {
    expect(await found(['9'], { 9: [client('1', { status })] })).toEqual([['1', '9', 'disabled']]);
  });

  it('are found although one of several roots is closed', async () => {
    expect(await found(['7', '1'], { 7: closed, 1: [client('1')] })).toEqual([['1', undefined, 'enabled']]);
  });

  it('are not found when the only root is closed', async () => {
    await expect(found(['7'], { 7: closed })).rejects.toBe(closed);
  });

  it('are not guessed when one cannot be read', async () => {
    const answers = { 9: [client('1', { currencyCode: undefined })] };
    await expect(found(['9'], answers)).rejects.toMatchObject({
      kind: 'unavailable',
      platformCode: 'UNREADABLE_ANSWER',
    });
    await expect(found(['9'], answers)).rejects.toThrow(/customerClient\.currencyCode: missing/);
  });
});
