import { advertiser } from './advertisers.ts';
import { badParameter } from './codes.ts';
import { notDeleted } from './found.ts';
import type { Parameters } from './parameters.ts';
import { idOf, type Level } from './status.ts';
import type { Prepared, Writing } from './write-operations.ts';
import { marketStatus } from './write-values.ts';

const mostIds = 20;

/** Switched on, off, or deleted for good: what is deleted can be switched no more. */
export function updateStatus({ market, nowMs }: Writing, level: Level, parameters: Parameters): Prepared {
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  const name = `${level}_ids`;
  const ids = parameters.texts(name);
  if (ids === undefined || ids.length === 0) throw badParameter(name, 'Missing data for required field.');
  if (ids.length > mostIds) throw badParameter(name, `At most ${mostIds} ids are allowed.`);
  const status = parameters.oneOf('operation_status', ['ENABLE', 'DISABLE', 'DELETE']);
  const objects = ids.map((id) => idOf(notDeleted(market, account, level, id, nowMs), level));
  return {
    act: () => {
      market.edit(
        objects.map((objectId) => ({ do: 'set', objectId, set: { status: marketStatus[status] } })),
        nowMs,
      );
      return { data: { [name]: objects, status }, objectIds: objects };
    },
  };
}
