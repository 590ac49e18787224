import { AppError } from '../../domain/errors.ts';
import { burstOf, burstSeconds, type EventQuota } from '../../domain/integrations/streaming/quota.ts';
import type { QuotaStore } from '../stores/quota-store.ts';

const daySeconds = 86_400;

/**
 * Takes events from what a client may send and tells it what is left, as draft-ietf-httpapi-ratelimit-headers-10 has it. Throws
 * `rate-limited`; `Retry-After` then says when the same request may pass.
 */
export async function spendQuota(
  quotas: QuotaStore,
  client: string,
  events: number,
  { quota, now }: { readonly quota: EventQuota; readonly now: number },
  tell: (headers: Readonly<Record<string, string>>) => void = () => {},
): Promise<void> {
  const outcome = await quotas.spend(client, events, quota, now);
  const { left } = outcome;
  tell({
    'ratelimit-policy': `"burst";q=${burstOf(quota)};w=${burstSeconds}, "day";q=${quota.perDay};w=${daySeconds}`,
    ratelimit: `"burst";r=${left.events};t=${left.seconds}, "day";r=${left.today}`,
    ...(outcome.kind === 'exhausted' && { 'retry-after': String(outcome.retryAfterSeconds) }),
  });
  if (outcome.kind === 'spent') return;
  throw new AppError(
    'rate-limited',
    `This client may send ${quota.perSecond} events a second (${burstOf(quota)} at once) and ${quota.perDay} a day; send again in ${outcome.retryAfterSeconds} s.`,
  );
}
