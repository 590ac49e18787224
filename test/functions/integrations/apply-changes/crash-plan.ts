import type { Operation } from '../../../../contracts/schemas/changes.ts';
import { type ChangeRecord, endedOperations, type OperationRecord } from '../../../../domain/changes/change-record.ts';
import { undoOf } from '../../../../domain/changes/inverse.ts';
import { changedFields } from '../../../../domain/changes/preview-operation.ts';
import { derivedId } from '../../../../domain/integrations/ids.ts';
import type { ModelPlatform } from './model-platform.ts';
import type { SimulatedTime } from './simulated-time.ts';

const accounts = ['one', 'two'].map((name) => derivedId('acc', [name]));
const euros = (amount: number) => ({ micros: amount * 1_000_000, currency: 'EUR' });
const budgetBefore = 10;
/** Of operations that the platform refuses for good. */
const refusedShare = 0.04;

export interface Planned {
  readonly change: ChangeRecord;
  readonly operations: OperationRecord[];
}
type Given = Pick<OperationRecord, 'accountId' | 'object' | 'address' | 'after' | 'fields'>;

/** Our id of what the mirror knows under a platform's id. */
export const idOf = (platformId: string): string => derivedId('cmp', [platformId]);

/** Changes as their previews keep them, over campaigns that are there and ones that they make. */
export class Plans {
  readonly #time: SimulatedTime;
  readonly #platform: ModelPlatform;
  readonly #campaigns: readonly Pick<Given, 'accountId' | 'object' | 'address' | 'after'>[];
  #changes = 0;

  constructor(time: SimulatedTime, platform: ModelPlatform) {
    this.#time = time;
    this.#platform = platform;
    this.#campaigns = accounts.flatMap((accountId, account) =>
      [0, 1].map((n) => {
        const none = { campaignPlatformId: null, adGroupPlatformId: null };
        const address = {
          kind: 'campaign',
          platformId: `there-${account}-${n}`,
          campaignType: 'search',
          ...none,
        } as const;
        platform.add(address, address.platformId, budgetBefore * 1_000_000);
        const id = idOf(address.platformId);
        return {
          accountId,
          address,
          after: [],
          object: { kind: 'campaign', id, name: address.platformId, campaignId: id },
        };
      }),
    );
  }

  /** Edits of objects that are there, some of them by other changes as well, and trees of new ones. */
  change(wanted = this.#time.between(1, 6)): Planned {
    return this.#change(null, (add, operations, number) => {
      for (let left = wanted; left > 0; left -= 1) {
        const campaign = this.#campaigns[this.#time.between(0, this.#campaigns.length)];
        if (campaign === undefined) throw new Error('There are campaigns.');
        const kind = (['set-daily-budget', 'set-status', 'create-campaign'] as const)[this.#time.between(0, 3)];
        const target = { campaignId: campaign.object.id ?? '' };
        const touched = operations.some(
          ({ object, operation }) => object.id === target.campaignId && operation.do === kind,
        );
        if (kind === 'set-daily-budget' && !touched) {
          const before = euros(budgetBefore);
          const dailyBudget = euros(budgetBefore + 1 + number);
          add(
            { do: kind, target, dailyBudget },
            { ...campaign, fields: [{ field: 'dailyBudget', before, after: dailyBudget }] },
          );
        } else if (kind === 'set-status' && !touched) {
          const fields = [{ field: 'status', before: 'paused', after: 'enabled' }];
          add({ do: kind, target, status: 'enabled' }, { ...campaign, fields });
        } else {
          this.#tree(add, operations, campaign.accountId, number);
        }
      }
    });
  }

  /** Puts back what was applied of a change, as things are now; undefined where nothing is to be put back. */
  undoing(change: ChangeRecord, all: readonly OperationRecord[]): Planned | undefined {
    const applied = all.filter(({ status }) => status === 'applied');
    const { operations: inverse } = undoOf(
      applied.map(({ index, operation, object, fields }) => ({
        ...{ index, operation, fields, kind: object.kind, objectId: object.id },
      })),
    );
    const plan = this.#change(change.id, (add) => {
      for (const operation of inverse) {
        if (!('target' in operation)) throw new Error('An undoing makes nothing.');
        const id = Object.values(operation.target)[0];
        const of = applied.find((one) => one.object.id === id);
        const present = this.#platform.present(of?.result?.platformId ?? '');
        if (of === undefined || present === undefined) throw new Error(`Nobody applied anything to ${id}.`);
        add(operation, {
          ...{ accountId: of.accountId, object: of.object, address: present.address, after: [] },
          fields: changedFields(operation, present),
        });
      }
    });
    return plan.operations.length > 0 ? plan : undefined;
  }

  #tree(
    add: (operation: Operation, given: Given) => void,
    operations: readonly OperationRecord[],
    accountId: string,
    number: number,
  ): void {
    const index = operations.length;
    const ref = `campaign-${index}`;
    const name = `new ${number} ${index}`;
    const made = { id: null, campaignId: null, address: null, fields: [] } as const;
    const { address, fields, ...object } = made;
    add(
      {
        ...{ do: 'create-campaign', ref, accountId, name, type: 'sponsored-content', objective: 'traffic' },
        politicalAdvertising: 'none',
      },
      { accountId, object: { ...object, kind: 'campaign', name }, address, fields: [...fields], after: [] },
    );
    for (let children = this.#time.between(0, 3); children > 0; children -= 1) {
      const child = `${name} child ${children}`;
      add(
        { do: 'create-ad-group', ref: `group-${operations.length}`, campaign: { ref }, name: child },
        {
          accountId,
          object: { ...object, kind: 'ad-group', name: child },
          address,
          fields: [...fields],
          after: [index],
        },
      );
    }
  }

  #change(
    undoes: string | null,
    fill: (add: (operation: Operation, given: Given) => void, all: readonly OperationRecord[], number: number) => void,
  ): Planned {
    const number = this.#changes;
    this.#changes += 1;
    const changeId = derivedId('chg', ['histories', String(number)]);
    const operations: OperationRecord[] = [];
    const add = (operation: Operation, given: Given): void => {
      const index = operations.length;
      const id = derivedId('opn', [changeId, String(index)]);
      if (this.#time.chance() < refusedShare) this.#platform.refusedForGood.add(id);
      operations.push({
        ...{ id, changeId, index, operation, status: 'planned', platform: 'linkedin-ads', spend: 'neutral' },
        ...{ problems: [], warnings: [], result: null, error: null, conflict: null, attempts: 0, sha256: null },
        ...{ writeKey: String(1_000 * number + index + 1), revision: 0, sentAt: null, firstTriedAt: null },
        ...given,
      });
    };
    fill(add, operations, number);
    const createdAt = new Date(this.#time.now).toISOString();
    return {
      operations,
      change: {
        ...{ id: changeId, status: 'previewed', reason: 'history', operations: operations.length, revision: 0 },
        ...{ requestHash: null, effect: { accounts: [], workspace: null }, verdicts: [], warnings: [] },
        ...{ createdAt, createdBy: 'somebody', expiresAt: new Date(this.#time.now + 8 * 3_600_000).toISOString() },
        ...{ decidedAt: null, decidedBy: null, approvedAt: null, approvedBy: null, finishedAt: null },
        ...{ undoOf: undoes, undoneBy: null, requestId: `request-${number}` },
      },
    };
  }
}

/** Whether nothing more happens to an operation unless somebody asks. */
export const hasEnded = ({ status }: Pick<OperationRecord, 'status'>): boolean => endedOperations.includes(status);
