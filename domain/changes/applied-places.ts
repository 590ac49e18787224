import type { Operation } from '../../contracts/schemas/changes.ts';
import type { ObjectAddress } from '../integrations/platform-writer.ts';
import type { OperationRecord } from './change-record.ts';
import type { Places, Pointer } from './resolve-operations.ts';

const pointerOf = (target: object): Pointer =>
  'ref' in target ? { ref: String(target.ref) } : { id: String(Object.values(target)[0]) };

/**
 * Where an operation's ids and references lead when it is applied: its own object was there at the preview, and what the change
 * makes has its platform's id by now. Throws `RangeError` for a reference to what is not made.
 */
export function appliedPlaces(
  record: OperationRecord,
  all: readonly OperationRecord[],
  media?: Places['media'],
): Places {
  const makers = new Map(all.flatMap((one) => ('ref' in one.operation ? [[one.operation.ref, one] as const] : [])));
  const made = (ref: string): { maker: OperationRecord; operation: Operation; platformId: string } => {
    const maker = makers.get(ref);
    if (maker?.result == null) throw new RangeError(`${ref} is not made.`);
    return { maker, operation: maker.operation, platformId: maker.result.platformId };
  };
  const addressOf = (of: OperationRecord, pointer: Pointer): ObjectAddress => {
    if ('id' in pointer) {
      if (of.address === null) throw new RangeError(`Where ${pointer.id} stands on its platform is not known.`);
      return of.address;
    }
    const { maker, operation, platformId } = made(pointer.ref);
    if (operation.do === 'create-campaign') {
      return {
        kind: 'campaign',
        platformId,
        campaignPlatformId: null,
        adGroupPlatformId: null,
        campaignType: operation.type,
      };
    }
    if (operation.do !== 'create-ad-group') throw new RangeError(`${pointer.ref} is nothing that holds others.`);
    const campaign = addressOf(maker, pointerOf(operation.campaign));
    return {
      kind: 'ad-group',
      platformId,
      campaignPlatformId: campaign.platformId,
      adGroupPlatformId: null,
      campaignType: campaign.campaignType,
    };
  };
  return {
    address: (pointer) => addressOf(record, pointer),
    asset: (asset) => ({ platformId: 'ref' in asset ? made(asset.ref).platformId : asset.platformId }),
    ...(media !== undefined && { media }),
  };
}
