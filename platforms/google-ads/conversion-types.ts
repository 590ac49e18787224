import {
  type ConversionType,
  type DiscoveredAccount,
  PlatformError,
  type RawRow,
} from '../../domain/integrations/platform.ts';
import { mapped } from '../fact-columns.ts';
import { RawFields } from '../raw-fields.ts';
import { unreadableAnswer } from './errors.ts';
import { conversionActionsQuery } from './queries.ts';

/** Runs a query on an account the way it is reached. */
export type RunOn = (account: DiscoveredAccount, query: string) => AsyncIterable<readonly RawRow[]>;

/** Accounts asked at once: enough to use the rate, few enough that one refusal does not meet hundreds of calls. */
const concurrent = 8;

/**
 * The accounts with the conversion actions they count. One that does not tell (closed meanwhile, no permission, broken answers) is
 * listed without: it must not keep the others from being read, and its own reports will say what is wrong with it.
 */
export async function withConversionTypes(
  accounts: readonly DiscoveredAccount[],
  run: RunOn,
): Promise<readonly DiscoveredAccount[]> {
  const described = [...accounts];
  const open = accounts.flatMap((account, index) => (account.status === 'enabled' ? [{ account, index }] : []));
  const queue = open.values();
  const worker = async () => {
    for (const { account, index } of queue) {
      const conversionTypes = await conversionTypesOf(account, run);
      if (conversionTypes) described[index] = { ...account, conversionTypes };
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
  return described;
}

async function conversionTypesOf(
  account: DiscoveredAccount,
  run: RunOn,
): Promise<readonly ConversionType[] | undefined> {
  const types: ConversionType[] = [];
  try {
    for await (const page of run(account, conversionActionsQuery)) types.push(...page.map(conversionTypeIn));
  } catch (error) {
    if (error instanceof PlatformError) return undefined;
    throw error;
  }
  return types;
}

function conversionTypeIn(row: RawRow): ConversionType {
  const fields = new RawFields(row);
  const read = mapped(() => ({
    platformId: fields.id('conversionAction.id'),
    name: fields.text('conversionAction.name'),
    clickWindowDays: fields.whole('conversionAction.clickThroughLookbackWindowDays'),
    viewWindowDays: fields.has('conversionAction.viewThroughLookbackWindowDays')
      ? fields.whole('conversionAction.viewThroughLookbackWindowDays')
      : 0,
  }));
  if (read.ok) return read.row;
  throw unreadableAnswer(`conversion actions: ${read.rejection.field}: ${read.rejection.reason}`, { secrets: [] });
}
