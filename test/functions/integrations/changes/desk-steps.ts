/** What tests of changes do at a desk, again and again. */
import { expect } from 'vitest';
import type { ChangeDetail } from '../../../../contracts/schemas/change-requests.ts';
import type { Operation } from '../../../../contracts/schemas/changes.ts';
import { problem } from '../../../../contracts/schemas/problem.ts';
import type { PlatformId } from '../../../../domain/integrations/platform.ts';
import { campaignTypes, type Desk } from './write-desk.ts';

export const euros = (amount: number) => ({ micros: Math.round(amount * 1_000_000), currency: 'EUR' });

export const budget = (campaignId: string, dailyBudget: { micros: number; currency: string }): Operation => ({
  do: 'set-daily-budget',
  target: { campaignId },
  dailyBudget,
});

/** A campaign that the platform takes, beneath nothing. */
export const newCampaign = (desk: Desk, platform: PlatformId, name: string): Operation => ({
  do: 'create-campaign',
  ref: 'c',
  accountId: desk.accountOf(platform),
  name,
  objective: 'traffic',
  dailyBudget: euros(80),
  politicalAdvertising: 'none',
  type: campaignTypes[platform],
  ...(platform === 'google-ads' && { bidding: { strategy: 'manual-cpc' } }),
});

/** Makes things and gives our ids of them; time goes on, so that what was made may be changed. */
export async function made(desk: Desk, operations: readonly Operation[]): Promise<readonly string[]> {
  const change = await desk.preview(operations);
  const { status, text } = await desk.confirm(change);
  expect(status, text).toBe(202);
  await desk.work(change);
  const done = await desk.get(change);
  expect(done.status, JSON.stringify(done.operations)).toBe('applied');
  desk.now += 1_200_000;
  return done.operations.map(({ object }) => object.id ?? '');
}

export const auditOf = async (desk: Desk, change: ChangeDetail) =>
  (await desk.stores.audit.list({ changeId: change.id ?? '', limit: 20 })).items;

/** What a preview says against its first operation. The preview is kept and recorded, cannot be confirmed, and nothing is sent. */
export async function against(desk: Desk, operation: Operation) {
  const writes = desk.simulator.writes.list().length;
  const change = await desk.preview([operation]);
  expect(change).toMatchObject({ status: 'previewed', confirmable: false, operations: [{ status: 'blocked' }] });
  const { status, body } = await desk.confirm(change);
  expect(status).toBe(409);
  expect(problem.parse(body).errors?.every(({ field }) => field.startsWith('operations.0.'))).toBe(true);
  expect((await auditOf(desk, change)).map(({ action }) => action)).toEqual(['change.previewed']);
  expect((await desk.stores.changes.queued(change.id ?? '')).size).toBe(0);
  expect(desk.simulator.writes.list().length).toBe(writes);
  return change.operations[0]?.problems ?? [];
}
