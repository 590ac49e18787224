import { PlatformError } from '../../../../domain/integrations/platform.ts';
import type {
  ObjectAddress,
  PlatformOperation,
  PlatformWriter,
  PresentObject,
  WriteKey,
  Written,
} from '../../../../domain/integrations/platform-writer.ts';
import type { Process, SimulatedTime } from './simulated-time.ts';

interface ModelObject {
  readonly address: ObjectAddress;
  name: string;
  status: 'enabled' | 'paused' | 'removed';
  micros: number;
}

/** Something the platform has done. */
export interface Act {
  readonly operationId: string;
  readonly platformId: string;
  /** What an edit found and what it left; a new object was not there before. */
  readonly was: unknown;
  readonly is: unknown;
}

/** How likely a call ends otherwise than well. */
export interface Troubles {
  readonly silent: number;
  readonly limited: number;
}

const platform = 'linkedin-ads';
/** No call lives longer; whoever waits gives up then. */
const callMs = 30_000;
/** What a platform still does after nobody waits any more happens within this. */
const longestAfterthoughtMs = 25_000;

/**
 * A platform that has neither unique names nor idempotency keys: whatever reaches it twice is done twice. It may act and not answer,
 * act late, not act, refuse for good, or permit no call for now.
 */
export class ModelPlatform {
  readonly objects = new Map<string, ModelObject>();
  /** Everything it has done, by the operation that asked for it. */
  readonly acts: Act[] = [];
  readonly refusedForGood = new Set<string>();
  readonly #time: SimulatedTime;
  readonly #troubles: Troubles;
  #ids = 0;

  constructor(time: SimulatedTime, troubles: Troubles) {
    this.#time = time;
    this.#troubles = troubles;
  }

  add(address: ObjectAddress, name: string, micros: number): void {
    this.objects.set(address.platformId, { address, name, status: 'paused', micros });
  }

  /** Its writing side as one process sees it. */
  writerFor(process: Process): PlatformWriter {
    const call = async <T>(act: () => T): Promise<T> => {
      const began = this.#time.now;
      return this.#time.step(process, async () => {
        // Standing still for longer than a call lives: the connection is gone before anything is sent.
        if (this.#time.now - began > callMs) throw this.#error('unavailable', 'no answer in time');
        return act();
      });
    };
    return {
      present: (_account, target) =>
        call(() => {
          this.#mayBeLimited();
          if (this.#time.chance() < this.#troubles.silent) throw this.#error('unavailable', 'not now');
          return this.present(target.platformId);
        }),
      made: (_account, creation) =>
        call((): Written | undefined => {
          this.#mayBeLimited();
          if (this.#time.chance() < this.#troubles.silent) throw this.#error('unavailable', 'not now');
          const found = [...this.objects.values()].find(
            (one) => one.name === creation.name && one.status !== 'removed',
          );
          return found && { platformId: found.address.platformId, platformRequestId: null };
        }),
      apply: (_account, operation, key) => call(() => this.#apply(operation, key)),
    };
  }

  #apply(operation: PlatformOperation, key: WriteKey): Written {
    this.#mayBeLimited();
    if (this.refusedForGood.has(key.operationId)) throw this.#error('rejected', 'not allowed');
    if (this.#time.chance() < this.#troubles.silent) {
      const way = this.#time.between(0, 3);
      if (way === 0) this.#act(operation, key);
      if (way === 1) this.#time.later(this.#time.between(1, longestAfterthoughtMs), () => this.#act(operation, key));
      throw this.#error('unavailable', 'no answer');
    }
    return { platformId: this.#act(operation, key), platformRequestId: `call-${this.acts.length}` };
  }

  #act(operation: PlatformOperation, { operationId }: WriteKey): string {
    if (!('target' in operation)) {
      const platformId = this.#create(operation);
      this.acts.push({ operationId, platformId, was: null, is: platformId });
      return platformId;
    }
    const { platformId } = operation.target;
    const object = this.objects.get(platformId);
    if (object === undefined) throw this.#error('rejected', 'no such object');
    const value = (): unknown => (operation.do === 'set-daily-budget' ? object.micros : object.status);
    const was = value();
    if (operation.do === 'set-daily-budget') object.micros = operation.dailyBudget.micros;
    if (operation.do === 'set-status') object.status = operation.status;
    if (operation.do === 'remove') this.#remove(object);
    this.acts.push({ operationId, platformId, was, is: value() });
    return platformId;
  }

  /** With all that stands in it. */
  #remove(object: ModelObject): void {
    object.status = 'removed';
    for (const one of this.objects.values()) {
      if (one.address.campaignPlatformId === object.address.platformId) one.status = 'removed';
    }
  }

  #create(operation: PlatformOperation): string {
    this.#ids += 1;
    const platformId = `made-${this.#ids}`;
    if (operation.do === 'create-campaign') {
      const none = { campaignPlatformId: null, adGroupPlatformId: null };
      this.add({ kind: 'campaign', platformId, ...none, campaignType: operation.type }, operation.name, 0);
    } else if (operation.do === 'create-ad-group') {
      const { platformId: campaignPlatformId, campaignType } = operation.campaign;
      if (!this.objects.has(campaignPlatformId)) throw this.#error('rejected', 'no such campaign');
      const address = { platformId, campaignPlatformId, adGroupPlatformId: null, campaignType };
      this.add({ kind: 'ad-group', ...address }, operation.name, 0);
    } else {
      throw new Error(`The model does not know ${operation.do}.`);
    }
    return platformId;
  }

  /** What an object is now, as a preview or a write reads it. */
  present(platformId: string): PresentObject | undefined {
    const object = this.objects.get(platformId);
    if (object === undefined) return undefined;
    const { address, name, status, micros } = object;
    const dailyBudget = { micros, currency: 'EUR' };
    return { address, name, status, dailyBudget, bidding: null, targeting: null, serving: null };
  }

  #mayBeLimited(): void {
    if (this.#time.chance() < this.#troubles.limited) {
      throw this.#error('rate-limited', 'too many calls', this.#time.between(1, 20));
    }
  }

  #error(kind: PlatformError['kind'], message: string, retryAfterSeconds?: number): PlatformError {
    return new PlatformError(kind, message, {
      platform,
      ...(kind === 'rejected' && { platformCode: 'MODEL_REFUSES' }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
}
