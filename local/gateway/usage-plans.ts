/** API keys and the limits of the usage plans they belong to. */
import type { ApiDefinition, UsagePlanDefinition } from './api-definition.ts';
import type { GatewayResponseType } from './gateway-response-types.ts';
import { QuotaCounter, TokenBucket } from './throttling.ts';

export interface KnownApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

interface Meter {
  readonly key: KnownApiKey;
  readonly enabled: boolean;
  readonly plan: UsagePlanDefinition | undefined;
  readonly bucket: TokenBucket | undefined;
  readonly quota: QuotaCounter | undefined;
  /** `/path/METHOD` → the key's bucket for that method. */
  readonly methodBuckets: ReadonlyMap<string, TokenBucket>;
}

type KeyDecision =
  | { readonly ok: true; readonly key: KnownApiKey | undefined }
  | { readonly ok: false; readonly type: GatewayResponseType };

export class UsagePlans {
  readonly #meters = new Map<string, Meter>();
  readonly keys: readonly KnownApiKey[];

  /** `values` gives each key's secret by its id. */
  constructor(api: ApiDefinition, values: ReadonlyMap<string, string>) {
    for (const definition of api.apiKeys) {
      const value = values.get(definition.id);
      if (value === undefined) throw new Error(`API key ${definition.name} has no value.`);
      const plan = api.usagePlans.find((candidate) => candidate.keyIds.includes(definition.id));
      this.#meters.set(value, {
        key: { id: definition.id, name: definition.name, value },
        enabled: definition.enabled,
        plan,
        bucket: plan?.throttle === undefined ? undefined : new TokenBucket(plan.throttle),
        quota: plan?.quota === undefined ? undefined : new QuotaCounter(plan.quota),
        methodBuckets: new Map(
          [...(plan?.methodThrottles ?? [])].map(([route, limit]) => [route, new TokenBucket(limit)]),
        ),
      });
    }
    this.keys = [...this.#meters.values()].map((meter) => meter.key);
  }

  /** A method that needs no key meters none, as on AWS. */
  admit(required: boolean, value: string | undefined, route: string, now: number): KeyDecision {
    if (!required) return { ok: true, key: undefined };
    const meter = value === undefined ? undefined : this.#meters.get(value);
    if (meter === undefined || !meter.enabled || meter.plan === undefined)
      return { ok: false, type: 'INVALID_API_KEY' };
    if (meter.methodBuckets.get(route)?.take(now) === false) return { ok: false, type: 'THROTTLED' };
    if (meter.bucket?.take(now) === false) return { ok: false, type: 'THROTTLED' };
    if (meter.quota?.take(now) === false) return { ok: false, type: 'QUOTA_EXCEEDED' };
    return { ok: true, key: meter.key };
  }
}
