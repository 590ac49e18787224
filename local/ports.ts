/**
 * The seams of the local runtime: what a service behind the AWS endpoint is given, and what it answers.
 * A service knows nothing of sockets, signatures or policies; the endpoint (local/endpoint/) does those for all of them.
 */

/** Who signed a call: a function's execution role, a service principal such as a rule's role, or the operator (boot, tests). */
export interface Caller {
  readonly accessKeyId: string;
  /** ARN of the role whose policies decide; `undefined` is the operator, who may do everything. */
  readonly roleArn: string | undefined;
  /** For messages: `function integrations-extract-report`, `operator`. */
  readonly label: string;
}

export interface AwsRequest {
  readonly method: string;
  /** Decoded only by the service: S3 keys need the raw form. Starts with `/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** From `X-Amz-Target` (the part after the last dot) where the protocol has it; REST services read method and path. */
  readonly operation: string | undefined;
  readonly caller: Caller;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | AsyncIterable<Uint8Array>;
}

/** One permission a request needs: `dynamodb:GetItem` on an ARN. All must be allowed. */
export interface AccessNeed {
  readonly action: string;
  readonly resource: string;
  /** Condition keys the service knows for this call, e.g. `s3:prefix`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** A service behind the local AWS endpoint. */
export interface LocalService {
  /** The SigV4 signing name: `s3`, `sqs`, `secretsmanager`, `ssm`, `events`, `scheduler`, `athena`, `states`, `lambda`, `dynamodb`. */
  readonly name: string;
  /** Permissions the request needs, found before it runs. Throws `AwsError` for an operation it does not support. */
  access(request: AwsRequest): readonly AccessNeed[];
  handle(request: AwsRequest): Promise<AwsResponse>;
  /** For a service whose errors are not JSON (S3 answers XML); without it the endpoint writes `{"__type","message"}`. */
  errorResponse?(error: AwsError): AwsResponse;
  close(): Promise<void>;
}

/** A template resource with every intrinsic resolved and its physical name decided. */
export interface ResolvedResource {
  readonly type: string;
  readonly stack: string;
  readonly logicalId: string;
  /** What `Ref` gives: a bucket name, a queue URL, a table name, a state machine ARN. */
  readonly physicalId: string;
  readonly arn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Turns template resources of some types into running things. */
export interface Provisioner {
  readonly types: readonly string[];
  /** A reason when the template asks for something this runtime cannot do; checked for all resources before anything starts. */
  refuse(resource: ResolvedResource): string | undefined;
  /** Repeatable: a second start over the same data directory changes nothing. */
  provision(resource: ResolvedResource): Promise<void>;
}

export interface InvokeFailure {
  /** As Lambda reports it: the error's name, `Runtime.ExitError`, `Sandbox.Timedout`, … */
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace?: readonly string[];
}

export type InvokeResult =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: InvokeFailure };

/** Runs a function synchronously by name or ARN. Throws `AwsError` `ResourceNotFoundException`, `TooManyRequestsException`. */
export interface FunctionInvoker {
  invoke(functionArn: string, payload: unknown, options?: { readonly signal?: AbortSignal }): Promise<InvokeResult>;
}

/** Delivers to a rule, schedule or destination target (Lambda, SQS, Step Functions, event bus) under the given role's policy. */
export interface TargetInvoker {
  deliver(targetArn: string, input: unknown, roleArn: string | undefined, source?: DeliverySource): Promise<void>;
}

/** Who delivers, where there is no role and the target's own policy decides: what AWS puts into `aws:SourceArn`. */
export interface DeliverySource {
  /** `events.amazonaws.com` */
  readonly service: string;
  readonly arn?: string;
}

/** Epoch milliseconds. Injected so that tests drive time. */
export type Clock = () => number;

/** An error as AWS would answer it; the endpoint writes it in the service's protocol. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** For everything outside the operations in use: named, so that the reader knows what to build or avoid. */
export function unsupported(service: string, what: string): AwsError {
  return new AwsError(
    'UnsupportedLocally',
    `The local ${service} does not support ${what}. It works on AWS; see docs/local-runtime.md.`,
    501,
  );
}
