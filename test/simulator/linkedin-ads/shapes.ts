/**
 * Fields of LinkedIn's resources with their types, noted from its documentation as facts; nothing here is copied text. Pages stand
 * under learn.microsoft.com/linkedin/, in the versions of 2026.
 */

/** `long`, `text`, `boolean`, `epoch` (milliseconds), `decimal` (text), `urn:<kind>`, `A|B` (an enum), or fields. */
export type Shape = string | { readonly list: Shape } | { readonly fields: Fields } | { readonly byKey: Shape };
/** A name that ends in `?` may be missing. */
export type Fields = Readonly<Record<string, Shape>>;

export interface Documented {
  /** Path below learn.microsoft.com/linkedin/. */
  readonly page: string;
  readonly answer: Fields;
}

const status = 'ACTIVE|PAUSED|ARCHIVED|COMPLETED|CANCELED|DRAFT|PENDING_DELETION|REMOVED';
const objective =
  'BRAND_AWARENESS|ENGAGEMENT|JOB_APPLICANT|LEAD_GENERATION|VIDEO_VIEW|WEBSITE_CONVERSION|WEBSITE_VISIT';
const money = { fields: { amount: 'decimal', currencyCode: 'text' } };
const auditStamps = {
  fields: { created: { fields: { time: 'epoch' } }, lastModified: { fields: { time: 'epoch' } } },
};
const runSchedule = { fields: { start: 'epoch', 'end?': 'epoch' } };
const version = { fields: { versionTag: 'text' } };
const texts = { list: 'text' };

const account: Fields = {
  id: 'long',
  name: 'text',
  currency: 'text',
  type: 'BUSINESS|ENTERPRISE',
  status: 'ACTIVE|CANCELED|DRAFT|PENDING_DELETION|REMOVED',
  servingStatuses: texts,
  'reference?': 'urn:organization',
  test: 'boolean',
  notifiedOnCampaignOptimization: 'boolean',
  notifiedOnCreativeApproval: 'boolean',
  notifiedOnCreativeRejection: 'boolean',
  notifiedOnEndOfCampaign: 'boolean',
  notifiedOnNewFeaturesEnabled: 'boolean',
  changeAuditStamps: auditStamps,
  version,
};

const group: Fields = {
  id: 'long',
  account: 'urn:sponsoredAccount',
  name: 'text',
  status,
  servingStatuses: texts,
  'objectiveType?': objective,
  'dailyBudget?': money,
  'totalBudget?': money,
  'budgetOptimization?': { fields: { budgetOptimizationStrategy: 'DYNAMIC', 'bidStrategy?': 'text' } },
  'runSchedule?': runSchedule,
  backfilled: 'boolean',
  test: 'boolean',
  changeAuditStamps: auditStamps,
};

const campaign: Fields = {
  id: 'long',
  account: 'urn:sponsoredAccount',
  associatedEntity: 'urn:organization',
  campaignGroup: 'urn:sponsoredCampaignGroup',
  name: 'text',
  type: 'TEXT_AD|SPONSORED_UPDATES|SPONSORED_INMAILS|DYNAMIC|EVENT_AD',
  'format?': 'STANDARD_UPDATE|SINGLE_VIDEO|CAROUSEL|TEXT_AD|SPOTLIGHT|FOLLOW_COMPANY',
  'objectiveType?': objective,
  status,
  servingStatuses: texts,
  costType: 'CPM|CPC|CPV',
  'dailyBudget?': money,
  'totalBudget?': money,
  unitCost: money,
  optimizationTargetType: 'NONE|MAX_CLICK|MAX_CONVERSION|MAX_IMPRESSION|MAX_REACH|MAX_LEAD|MAX_VIDEO_VIEW',
  pacingStrategy: 'LIFETIME',
  creativeSelection: 'OPTIMIZED|ROUND_ROBIN',
  targetingCriteria: {
    fields: { include: { fields: { and: { list: { fields: { or: { byKey: texts } } } } } } },
  },
  locale: { fields: { country: 'text', language: 'text' } },
  audienceExpansionEnabled: 'boolean',
  offsiteDeliveryEnabled: 'boolean',
  connectedTelevisionOnly: 'boolean',
  storyDeliveryEnabled: 'boolean',
  politicalIntent: 'POLITICAL|NOT_POLITICAL|NOT_DECLARED',
  'runSchedule?': runSchedule,
  test: 'boolean',
  changeAuditStamps: auditStamps,
  version,
};

const creative: Fields = {
  id: 'urn:sponsoredCreative',
  account: 'urn:sponsoredAccount',
  campaign: 'urn:sponsoredCampaign',
  'name?': 'text',
  content: { fields: { reference: 'urn:share' } },
  intendedStatus: status,
  isServing: 'boolean',
  'servingHoldReasons?': texts,
  isTest: 'boolean',
  review: { fields: { status: 'APPROVED|PENDING|REJECTED|PREAPPROVED', 'rejectionReasons?': texts } },
  createdAt: 'epoch',
  createdBy: 'text',
  lastModifiedAt: 'epoch',
  lastModifiedBy: 'text',
};

const post: Fields = {
  id: 'urn:share',
  author: 'urn:organization',
  commentary: 'text',
  content: {
    fields: {
      'media?': { fields: { id: 'text', 'title?': 'text' } },
      'article?': { fields: { source: 'text', title: 'text', 'description?': 'text', 'thumbnail?': 'urn:image' } },
    },
  },
  'contentLandingPage?': 'text',
  'contentCallToActionLabel?':
    'APPLY|DOWNLOAD|VIEW_QUOTE|LEARN_MORE|SIGN_UP|SUBSCRIBE|REGISTER|JOIN|ATTEND|REQUEST_DEMO|SEE_MORE|BUY_NOW|SHOP_NOW',
  adContext: {
    fields: {
      dscAdAccount: 'urn:sponsoredAccount',
      dscAdType: 'VIDEO|STANDARD|CAROUSEL|JOB_POSTING|NATIVE_DOCUMENT|EVENT',
      dscName: 'text',
      dscStatus: 'ACTIVE|ARCHIVED',
      isDsc: 'boolean',
    },
  },
  distribution: {
    fields: {
      feedDistribution: 'MAIN_FEED|NONE',
      targetEntities: { list: 'text' },
      thirdPartyDistributionChannels: { list: 'text' },
    },
  },
  isReshareDisabledByAuthor: 'boolean',
  lifecycleState: 'DRAFT|PUBLISHED|PUBLISH_REQUESTED|PUBLISH_FAILED',
  visibility: 'PUBLIC|CONNECTIONS|LOGGED_IN|CONTAINER',
  createdAt: 'epoch',
  publishedAt: 'epoch',
  lastModifiedAt: 'epoch',
};

const conversion: Fields = {
  id: 'long',
  name: 'text',
  account: 'urn:sponsoredAccount',
  type: 'ADD_TO_CART|DOWNLOAD|INSTALL|KEY_PAGE_VIEW|LEAD|PURCHASE|SIGN_UP|OTHER',
  'conversionMethod?': 'INSIGHT_TAG|CONVERSIONS_API',
  attributionType: 'LAST_TOUCH_BY_CAMPAIGN|LAST_TOUCH_BY_CONVERSION',
  'postClickAttributionWindowSize?': 'long',
  'viewThroughAttributionWindowSize?': 'long',
  'valueType?': 'DYNAMIC|FIXED|NO_VALUE',
  enabled: 'boolean',
  campaigns: { list: 'urn:sponsoredCampaign' },
  associatedCampaigns: {
    list: { fields: { associatedAt: 'epoch', campaign: 'urn:sponsoredCampaign', conversion: 'text' } },
  },
  created: 'epoch',
  lastModified: 'epoch',
};

const day = { fields: { year: 'long', month: 'long', day: 'long' } };

const element: Fields = {
  dateRange: { fields: { start: day, end: day } },
  pivotValues: texts,
  impressions: 'long',
  clicks: 'long',
  landingPageClicks: 'long',
  totalEngagements: 'long',
  costInLocalCurrency: 'decimal',
  costInUsd: 'decimal',
  'conversionValueInLocalCurrency?': 'decimal',
  'externalWebsiteConversions?': 'long',
  'externalWebsitePostClickConversions?': 'long',
  'externalWebsitePostViewConversions?': 'long',
  'oneClickLeads?': 'long',
  'oneClickLeadFormOpens?': 'long',
  videoViews: 'long',
  videoStarts: 'long',
};

const link = { fields: { type: 'text', rel: 'next|prev', href: 'text' } };
const metadata = { fields: { 'nextPageToken?': 'text' } };
const cursorPaged = (fields: Fields): Fields => ({ elements: { list: { fields } }, metadata });
const offsetPaged = (fields: Fields): Fields => ({
  elements: { list: { fields } },
  paging: { fields: { start: 'long', count: 'long', links: { list: link }, 'total?': 'long' } },
});

const structure = 'marketing/integrations/ads/account-structure';

export const documented = {
  token: {
    page: 'shared/authentication/programmatic-refresh-tokens',
    answer: {
      access_token: 'text',
      expires_in: 'long',
      refresh_token: 'text',
      refresh_token_expires_in: 'long',
      scope: 'text',
      token_type: 'text',
    },
  },
  adAccounts: { page: `${structure}/create-and-manage-accounts`, answer: cursorPaged(account) },
  adAccount: { page: `${structure}/create-and-manage-accounts`, answer: account },
  adAccountUsers: {
    page: `${structure}/create-and-manage-account-users`,
    answer: offsetPaged({
      account: 'urn:sponsoredAccount',
      user: 'urn:person',
      role: 'ACCOUNT_BILLING_ADMIN|ACCOUNT_MANAGER|CAMPAIGN_MANAGER|CREATIVE_MANAGER|VIEWER',
      changeAuditStamps: auditStamps,
    }),
  },
  adCampaignGroups: { page: `${structure}/create-and-manage-campaign-groups`, answer: cursorPaged(group) },
  adCampaigns: { page: `${structure}/create-and-manage-campaigns`, answer: cursorPaged(campaign) },
  creatives: { page: `${structure}/create-and-manage-creatives`, answer: cursorPaged(creative) },
  posts: {
    page: 'marketing/community-management/shares/posts-api',
    answer: {
      results: { byKey: { fields: post } },
      statuses: { byKey: 'long' },
      errors: { byKey: { fields: { status: 'long', code: 'text', message: 'text' } } },
    },
  },
  conversions: {
    page: 'marketing/integrations/ads-reporting/conversion-tracking',
    answer: offsetPaged(conversion),
  },
  adAnalytics: { page: 'marketing/integrations/ads-reporting/ads-reporting', answer: offsetPaged(element) },
  error: {
    page: 'shared/api-guide/concepts/error-handling',
    answer: { status: 'long', 'serviceErrorCode?': 'long', code: 'text', message: 'text' },
  },
  inputError: {
    page: 'shared/api-guide/concepts/error-handling',
    answer: {
      status: 'long',
      message: 'text',
      errorDetailType: 'text',
      errorDetails: {
        fields: {
          inputErrors: {
            list: {
              fields: {
                description: 'text',
                input: { fields: { inputPath: { fields: { fieldPath: 'text' } } } },
                code: 'text',
              },
            },
          },
        },
      },
    },
  },
} as const satisfies Readonly<Record<string, Documented>>;

/** Where a value is not as documented: `elements[0].id: a long is expected, found "7"`. Fields nobody documented count too. */
export function deviations(value: unknown, shape: Shape, path = ''): string[] {
  if (typeof shape === 'string')
    return isA(value, shape) ? [] : [`${path}: ${shape} expected, found ${JSON.stringify(value)}`];
  if ('list' in shape) {
    if (!Array.isArray(value)) return [`${path}: a list expected, found ${JSON.stringify(value)}`];
    return value.flatMap((item, index) => deviations(item, shape.list, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${path}: a record expected, found ${JSON.stringify(value)}`];
  const entries = Object.entries(value);
  if ('byKey' in shape) return entries.flatMap(([key, inner]) => deviations(inner, shape.byKey, `${path}{${key}}`));
  const missing = Object.keys(shape.fields).filter((name) => !name.endsWith('?') && !(name in value));
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...entries.flatMap(([name, inner]) => {
      const field = shape.fields[name] ?? shape.fields[`${name}?`];
      return field === undefined ? [`${path}.${name} is not documented`] : deviations(inner, field, `${path}.${name}`);
    }),
  ];
}

function isA(value: unknown, type: string): boolean {
  if (type === 'long') return Number.isSafeInteger(value);
  if (type === 'boolean') return typeof value === 'boolean';
  // A timestamp in seconds would be in 1970.
  if (type === 'epoch') return Number.isSafeInteger(value) && Number(value) > 1_000_000_000_000;
  if (typeof value !== 'string') return false;
  if (type === 'text') return true;
  if (type === 'decimal') return /^-?\d+(\.\d+)?(E-?\d+)?$/.test(value);
  if (type.startsWith('urn:')) return new RegExp(`^urn:li:${type.slice(4)}:[\\w-]+$`).test(value);
  return type.split('|').includes(value);
}
