/** The error vocabulary of the wire: what Google refuses with, before it is written as REST JSON or gRPC trailers. */

/** google.rpc.Code, as REST and gRPC spell it. */
export const statuses = {
  INVALID_ARGUMENT: { http: 400, grpc: 3 },
  NOT_FOUND: { http: 404, grpc: 5 },
  PERMISSION_DENIED: { http: 403, grpc: 7 },
  RESOURCE_EXHAUSTED: { http: 429, grpc: 8 },
  UNIMPLEMENTED: { http: 501, grpc: 12 },
  INTERNAL: { http: 500, grpc: 13 },
  UNAVAILABLE: { http: 503, grpc: 14 },
  UNAUTHENTICATED: { http: 401, grpc: 16 },
} as const;
type StatusName = keyof typeof statuses;

/** A oneof member of google.ads.googleads.v25.errors.ErrorCode, in snake case, with the status such errors carry. */
const errorCategories = {
  query_error: { status: 'INVALID_ARGUMENT' },
  request_error: { status: 'INVALID_ARGUMENT' },
  authentication_error: { status: 'UNAUTHENTICATED' },
  authorization_error: { status: 'PERMISSION_DENIED' },
  quota_error: { status: 'RESOURCE_EXHAUSTED' },
  internal_error: { status: 'INTERNAL' },
  ad_error: { status: 'INVALID_ARGUMENT' },
  ad_group_error: { status: 'INVALID_ARGUMENT' },
  asset_error: { status: 'INVALID_ARGUMENT' },
  asset_group_error: { status: 'INVALID_ARGUMENT' },
  asset_link_error: { status: 'INVALID_ARGUMENT' },
  bidding_error: { status: 'INVALID_ARGUMENT' },
  campaign_budget_error: { status: 'INVALID_ARGUMENT' },
  campaign_error: { status: 'INVALID_ARGUMENT' },
  collection_size_error: { status: 'INVALID_ARGUMENT' },
  context_error: { status: 'INVALID_ARGUMENT' },
  criterion_error: { status: 'INVALID_ARGUMENT' },
  date_error: { status: 'INVALID_ARGUMENT' },
  date_range_error: { status: 'INVALID_ARGUMENT' },
  field_error: { status: 'INVALID_ARGUMENT' },
  field_mask_error: { status: 'INVALID_ARGUMENT' },
  image_error: { status: 'INVALID_ARGUMENT' },
  mutate_error: { status: 'INVALID_ARGUMENT' },
  new_resource_creation_error: { status: 'INVALID_ARGUMENT' },
  policy_finding_error: { status: 'INVALID_ARGUMENT' },
  string_length_error: { status: 'INVALID_ARGUMENT' },
  url_field_error: { status: 'INVALID_ARGUMENT' },
} as const satisfies Record<string, { status: StatusName }>;
export type ErrorCategory = keyof typeof errorCategories;

interface QuotaDetails {
  readonly rateScope: 'ACCOUNT' | 'DEVELOPER';
  readonly rateName: string;
  readonly retryDelaySeconds: number;
}

/** A step to the field an error is about: its name, and the place in a list. */
export interface PathStep {
  readonly name: string;
  readonly index?: number;
}

/** A refusal with a GoogleAdsFailure in its details. */
export class AdsFailure extends Error {
  readonly category: ErrorCategory;
  readonly code: string;
  readonly status: StatusName;
  readonly quota: QuotaDetails | undefined;
  readonly path: readonly PathStep[];
  /** Topics of Google's policies that a text falls under. */
  readonly topics: readonly string[];

  constructor(
    category: ErrorCategory,
    code: string,
    message: string,
    more: {
      status?: StatusName;
      quota?: QuotaDetails;
      path?: readonly PathStep[];
      topics?: readonly string[];
    } = {},
  ) {
    super(message);
    this.name = 'AdsFailure';
    this.category = category;
    this.code = code;
    this.status = more.status ?? errorCategories[category].status;
    this.quota = more.quota;
    this.path = more.path ?? [];
    this.topics = more.topics ?? [];
  }
}

/** A refusal by Google's front end, before the Ads API saw the call: no GoogleAdsFailure. */
export class BareFailure extends Error {
  readonly status: StatusName;
  /** google.rpc.ErrorInfo reason; without one the error has no details at all. */
  readonly reason: string | undefined;

  constructor(status: StatusName, message: string, reason?: string) {
    super(message);
    this.name = 'BareFailure';
    this.status = status;
    this.reason = reason;
  }
}

export function queryError(code: string, message: string): AdsFailure {
  return new AdsFailure('query_error', code, message);
}

const statusMessages: Partial<Record<StatusName, string>> = {
  INVALID_ARGUMENT: 'Request contains an invalid argument.',
  PERMISSION_DENIED: 'The caller does not have permission',
  RESOURCE_EXHAUSTED: 'Resource has been exhausted (e.g. check quota).',
  UNAUTHENTICATED:
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
  INTERNAL: 'Internal error encountered.',
  UNAVAILABLE: 'The service is currently unavailable.',
  UNIMPLEMENTED: 'Operation is not implemented, or supported, or enabled.',
};

/** google.rpc.Status message: general, the particular one stands in the details. */
export function statusMessage(failure: AdsFailure | BareFailure): string {
  return failure instanceof BareFailure ? failure.message : (statusMessages[failure.status] ?? failure.message);
}

/** The GoogleAdsFailure message with proto (snake case) names. */
export function failureMessage(failure: AdsFailure, requestId: string): Record<string, unknown> {
  const { quota, path, topics } = failure;
  const details = quota === undefined ? {} : { details: { quota_error_details: quotaMessage(quota) } };
  const policy_topic_entries = topics.map((topic) => ({ topic, type: 'PROHIBITED' }));
  const error = {
    error_code: { [failure.category]: failure.code },
    message: failure.message,
    ...details,
    ...(topics.length > 0 ? { details: { policy_finding_details: { policy_topic_entries } } } : {}),
    ...(path.length > 0 ? { location: { field_path_elements: path.map(pathElement) } } : {}),
  };
  return { errors: [error], request_id: requestId };
}

const pathElement = ({ name, index }: PathStep): Record<string, unknown> => ({
  field_name: name,
  ...(index === undefined ? {} : { index }),
});

function quotaMessage(quota: QuotaDetails): Record<string, unknown> {
  return {
    rate_scope: quota.rateScope,
    rate_name: quota.rateName,
    retry_delay: { seconds: quota.retryDelaySeconds },
  };
}

/** The body of a REST error. */
export function restError(
  failure: AdsFailure | BareFailure,
  requestId: string,
): { readonly error: Record<string, unknown> } {
  return {
    error: {
      code: statuses[failure.status].http,
      message: statusMessage(failure),
      status: failure.status,
      ...restDetails(failure, requestId),
    },
  };
}

function restDetails(failure: AdsFailure | BareFailure, requestId: string): Record<string, unknown> {
  if (failure instanceof BareFailure) {
    if (failure.reason === undefined) return {};
    const metadata = { service: 'googleads.googleapis.com' };
    return {
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: failure.reason,
          domain: 'googleapis.com',
          metadata,
        },
      ],
    };
  }
  const error: Record<string, unknown> = {
    errorCode: { [camelCase(failure.category)]: failure.code },
    message: failure.message,
  };
  if (failure.quota !== undefined) {
    const { rateScope, rateName, retryDelaySeconds } = failure.quota;
    error['details'] = { quotaErrorDetails: { rateScope, rateName, retryDelay: `${retryDelaySeconds}s` } };
  }
  return {
    details: [
      { '@type': 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure', errors: [error], requestId },
    ],
  };
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
