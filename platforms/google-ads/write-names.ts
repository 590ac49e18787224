/** Resource names of API v25. A negative id stands for what an earlier mutation of the same request makes. */
export interface Names {
  readonly budget: (id: string | number) => string;
  readonly campaign: (id: string | number) => string;
  readonly adGroup: (id: string | number) => string;
  readonly adGroupAd: (adGroupId: string, adId: string) => string;
  readonly asset: (id: string | number) => string;
  readonly assetGroup: (id: string | number) => string;
  readonly userList: (id: string) => string;
}

export function namesOf(customerId: string): Names {
  const within = (collection: string) => (id: string | number) => `customers/${customerId}/${collection}/${id}`;
  return {
    budget: within('campaignBudgets'),
    campaign: within('campaigns'),
    adGroup: within('adGroups'),
    adGroupAd: (adGroupId, adId) => within('adGroupAds')(`${adGroupId}~${adId}`),
    asset: within('assets'),
    assetGroup: within('assetGroups'),
    userList: within('userLists'),
  };
}

/** `customers/1/campaigns/2` is 2, `customers/1/adGroupAds/2~3` is 3. */
export const idIn = (resourceName: string): string => /(\d+)$/.exec(resourceName)?.[1] ?? '';
