import * as z from 'zod/mini';
import { roles, scopeNames } from '../access.ts';
import {
  accountId,
  adGroupId,
  adId,
  campaignId,
  currency,
  cursor,
  instant,
  micros,
  nextCursor,
  pageLimit,
  platformId,
  timeZone,
  workspaceId,
} from './primitives.ts';

const status = z.enum(['enabled', 'paused', 'removed']);
const ofPlatform = {
  platform: platformId,
  platformId: z.string().register(z.globalRegistry, { description: 'The platform’s own id' }),
  name: z.string(),
};

export const session = z
  .object({
    workspace: z.object({ id: workspaceId, name: z.string(), currency }),
    role: z.enum(roles),
    scopes: z.array(z.enum(scopeNames)),
  })
  .register(z.globalRegistry, { id: 'Session', description: 'Who is asking, and in which workspace' });

export const account = z
  .object({
    id: accountId,
    ...ofPlatform,
    currency,
    timeZone,
    status: z.enum(['enabled', 'disabled']),
    lookBackDays: z.nullable(z.int()).register(z.globalRegistry, {
      description: 'Days that every daily load reads back: the longest conversion window; null before the first load',
    }),
    lastLoadedAt: z.nullable(instant),
    lastError: z
      .nullable(z.string())
      .register(z.globalRegistry, { description: 'Why the last load of this account failed; null when it succeeded' }),
  })
  .register(z.globalRegistry, { id: 'Account', description: 'An advertising account on a platform' });

export const campaign = z
  .object({
    id: campaignId,
    accountId,
    ...ofPlatform,
    status,
    type: z.string().register(z.globalRegistry, { description: '`search`, `performance-max`, `video`, …' }),
    currency,
    dailyBudgetMicros: z.nullable(micros),
    updatedAt: instant,
  })
  .register(z.globalRegistry, { id: 'Campaign', description: 'A campaign as the platform has it' });

export const adGroup = z
  .object({
    id: adGroupId,
    accountId,
    campaignId,
    ...ofPlatform,
    status,
    type: z.string(),
    dailyBudgetMicros: z.nullable(micros).register(z.globalRegistry, {
      description: 'In the currency of the account, where the platform keeps budgets here; null where it does not',
    }),
    updatedAt: instant,
  })
  .register(z.globalRegistry, { id: 'AdGroup', description: 'An ad group as the platform has it' });

export const creativeMetadata = z
  .object({
    platformId: z.nullable(z.string()).register(z.globalRegistry, {
      description: 'The platform’s own id of the creative, where it has one apart from the ad’s',
    }),
    headlines: z.array(z.string()),
    bodies: z.array(z.string()),
    callToAction: z.nullable(z.string()),
    landingPageUrl: z.nullable(z.string()),
    imageUrl: z.nullable(z.string()),
    videoId: z.nullable(z.string()),
  })
  .register(z.globalRegistry, {
    id: 'CreativeMetadata',
    description: 'What an ad shows, as far as the platform tells',
  });

export const ad = z
  .object({
    id: adId,
    accountId,
    campaignId,
    adGroupId,
    ...ofPlatform,
    status,
    type: z.string(),
    creative: z
      .nullable(creativeMetadata)
      .register(z.globalRegistry, { description: 'Null where the platform tells nothing, or has not been asked yet' }),
    updatedAt: instant,
  })
  .register(z.globalRegistry, { id: 'Ad', description: 'An ad as the platform has it' });

const page = { limit: z.optional(pageLimit), cursor: z.optional(cursor) };
export const listAccountsQuery = z.strictObject({ platform: z.optional(platformId), ...page });
export const listCampaignsQuery = z.strictObject({
  accountId: z.optional(accountId),
  status: z.optional(status),
  ...page,
});
export const listAdGroupsQuery = z.strictObject({
  accountId: z.optional(accountId),
  campaignId: z.optional(campaignId),
  status: z.optional(status),
  ...page,
});
export const listAdsQuery = z.strictObject({
  accountId: z.optional(accountId),
  campaignId: z.optional(campaignId),
  adGroupId: z.optional(adGroupId),
  status: z.optional(status),
  ...page,
});

export const accountPage = z
  .object({ items: z.array(account), nextCursor })
  .register(z.globalRegistry, { id: 'AccountPage' });
export const campaignPage = z
  .object({ items: z.array(campaign), nextCursor })
  .register(z.globalRegistry, { id: 'CampaignPage' });
export const adGroupPage = z
  .object({ items: z.array(adGroup), nextCursor })
  .register(z.globalRegistry, { id: 'AdGroupPage' });
export const adPage = z.object({ items: z.array(ad), nextCursor }).register(z.globalRegistry, { id: 'AdPage' });
