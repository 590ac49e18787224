/** The first error of a GoogleAdsFailure, in our words. */
export interface Failure {
  /** The member of `ErrorCode` that is set, e.g. `authorizationError`. */
  readonly category: string;
  /** E.g. `CUSTOMER_NOT_ENABLED`. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
  /** Where in the request: `mutate_operations[0].campaign_operation.create.name`. */
  readonly fieldPath: string | undefined;
  /** Topics of Google's policies that a text falls under, from `details.policyFindingDetails`. */
  readonly policyTopics: readonly string[];
  /** From `details.quotaErrorDetails.retryDelay`. */
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Finds the GoogleAdsFailure in a REST error: `{error: {details: [{errors: […]}]}}`, wrapped in an array where the call
 * streams. Also reads a decoded gRPC failure (snake_case, the failure itself). `undefined` when there is none.
 */
export function failureIn(parsed: unknown): Failure | undefined {
  const body = Array.isArray(parsed) ? parsed[0] : parsed;
  const details = list(at(body, 'error', 'details'));
  for (const candidate of details.length > 0 ? details : [body]) {
    const first = list(at(candidate, 'errors'))[0];
    const [category, code] = errorCode(at(first, 'errorCode') ?? at(first, 'error_code'));
    if (category === undefined || code === undefined) continue;
    return {
      category,
      code,
      message: text(at(first, 'message')) ?? '',
      requestId: text(at(candidate, 'requestId')) ?? text(at(candidate, 'request_id')),
      fieldPath: fieldPath(at(first, 'location')),
      policyTopics: policyTopics(at(first, 'details')),
      retryAfterSeconds: seconds(
        at(first, 'details', 'quotaErrorDetails', 'retryDelay') ??
          at(first, 'details', 'quota_error_details', 'retry_delay'),
      ),
    };
  }
  return undefined;
}

/** The gRPC status name and message of a REST error that explains no more than that. */
export function statusIn(parsed: unknown): { readonly name: string; readonly message: string } | undefined {
  const body = Array.isArray(parsed) ? parsed[0] : parsed;
  const name = text(at(body, 'error', 'status'));
  return name === undefined ? undefined : { name, message: text(at(body, 'error', 'message')) ?? '' };
}

/** `ErrorCode` is a oneof: the category is its only member that names an error. */
function errorCode(value: unknown): readonly [string?, string?] {
  if (!isRecord(value)) return [];
  for (const [member, code] of Object.entries(value)) {
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return [camel(member), code];
  }
  return [];
}

function fieldPath(location: unknown): string | undefined {
  const elements = list(at(location, 'fieldPathElements') ?? at(location, 'field_path_elements'));
  const steps = elements.flatMap((element) => {
    const name = text(at(element, 'fieldName') ?? at(element, 'field_name'));
    const index = at(element, 'index');
    if (name === undefined) return [];
    return [typeof index === 'number' || typeof index === 'string' ? `${name}[${index}]` : name];
  });
  return steps.length === 0 ? undefined : steps.join('.');
}

function policyTopics(details: unknown): readonly string[] {
  const finding = at(details, 'policyFindingDetails') ?? at(details, 'policy_finding_details');
  const entries = list(at(finding, 'policyTopicEntries') ?? at(finding, 'policy_topic_entries'));
  return entries.flatMap((entry) => text(at(entry, 'topic')) ?? []);
}

/** A protobuf Duration: `"12.5s"` in JSON, `{seconds, nanos}` decoded. */
function seconds(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d+(\.\d+)?s$/.test(value)) return Number(value.slice(0, -1));
  if (isRecord(value)) {
    const total = Number(value.seconds ?? 0) + Number(value.nanos ?? 0) / 1e9;
    return Number.isFinite(total) ? total : undefined;
  }
  return undefined;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isRecord(current)) return undefined;
    current = current[key];
  }
  return current;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
