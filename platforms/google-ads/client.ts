import { type ServiceError, status as statusCodes } from '@grpc/grpc-js';
import { Customer, errors, type MutateOperation } from 'google-ads-api';
import { PlatformError } from '../../domain/integrations/platform.ts';
import type { ReadPolicy } from '../read-policy.ts';
import type { AccessToken } from './access-token.ts';
import type { Credentials } from './credentials.ts';
import type { Endpoints } from './endpoints.ts';
import { type AnswerContext, errorFromFailure, errorFromStatus, unreadableAnswer } from './errors.ts';
import { type Failure, failureIn } from './failure.ts';
import { type CallNote, channelCredentials, noting, rpcChannelOptions } from './rpc.ts';
import { rpcServices } from './rpc-services.ts';
import { restTransport } from './transport.ts';

/** One connection, as every customer of it shares it. */
export interface Connection {
  readonly credentials: Credentials;
  readonly endpoints: Endpoints;
  readonly token: AccessToken;
  readonly policy: ReadPolicy;
}

export interface CustomerTarget {
  /** Empty for calls that concern no customer. */
  readonly customerId: string;
  /** The manager through which it is reached; absent when it is reached directly. */
  readonly loginCustomerId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One operation of a mutate: the entity as `MutateOperation` names it, and the resource with proto names, or the name of what goes. */
export interface Mutation {
  readonly entity: string;
  readonly operation: 'create' | 'update' | 'remove';
  readonly resource: Readonly<Record<string, unknown>> | string;
}

export interface Mutated {
  /** One a mutation, in their order. */
  readonly resourceNames: readonly string[];
  readonly requestId: string | null;
}

/** Members of the package that are private to it and replaced here, by name; the package is pinned to one version. */
interface Internals {
  getCredentials(): unknown;
  prepareGoogleAdsServicePostRequestArgs(method: string, accessToken: string, extra: object): { readonly url: string };
}

const packageHost = 'https://googleads.googleapis.com/';

/**
 * The package's `Customer` with our hosts, token, timeouts and errors. Rows come as the platform wrote them
 * (`disable_parsing`): the package's parser turns int64 into numbers and an enum name it does not know into nothing.
 */
export class GoogleAdsCustomer extends Customer {
  readonly #connection: Connection;
  readonly #signal: AbortSignal | undefined;

  constructor(connection: Connection, target: CustomerTarget) {
    const { credentials, endpoints, token, policy } = connection;
    super(
      {
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        developer_token: credentials.developerToken,
        disable_parsing: true,
        grpc_channel_options: rpcChannelOptions(endpoints.grpc, token, policy.answerTimeoutMs),
      },
      {
        customer_id: target.customerId,
        refresh_token: credentials.refreshToken,
        ...(target.loginCustomerId === undefined ? {} : { login_customer_id: target.loginCustomerId }),
      },
    );
    this.#connection = connection;
    this.#signal = target.signal;
    const adapter = restTransport({ policy, signal: target.signal, secrets: () => this.#secrets() });
    const prepare = internal(this, 'prepareGoogleAdsServicePostRequestArgs').bind(this);
    internal(this, 'getCredentials');
    Object.assign(this, {
      getCredentials: () => channelCredentials(endpoints.grpc),
      prepareGoogleAdsServicePostRequestArgs: (method: string, accessToken: string, extra: object) => {
        const request = prepare(method, accessToken, extra);
        return { ...request, url: onHost(request.url, endpoints.api), adapter };
      },
    } satisfies { [Name in keyof Internals]: Internals[Name] });
  }

  override async getAccessToken(): Promise<string> {
    return this.#connection.token.get();
  }

  protected override loadService<T>(...[name, options]: Parameters<Customer['loadService']>): T {
    if (!Object.hasOwn(rpcServices, name)) {
      throw new Error(
        `The Google Ads service ${String(name)} is not in use; add it with its methods to platforms/google-ads/rpc-services.ts.`,
      );
    }
    return super.loadService<T>(name, options);
  }

  /** Rows of one GAQL query in the platform's order. Throws `PlatformError`, or the signal's reason. */
  async *rows(query: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
    try {
      yield* this.queryStream<Readonly<Record<string, unknown>>>(query);
    } catch (error) {
      this.#signal?.throwIfAborted();
      if (error instanceof PlatformError) throw error;
      throw unreadableAnswer(error instanceof Error ? error.message : 'no usable answer', this.#context());
    }
  }

  /** Ids of the customers that the signed-in user reaches without a manager. */
  async accessibleCustomerIds(): Promise<readonly string[]> {
    const service = this.loadService<AccessibleCustomers>('CustomerServiceClient');
    try {
      const [answer] = await service.listAccessibleCustomers({}, { otherArgs: { headers: this.callHeaders } });
      return (answer.resource_names ?? []).map((name) => name.replace(/^customers\//, ''));
    } catch (error) {
      throw this.errorFromRpc(error);
    }
  }

  /**
   * All of the mutations or none of them, sent once: a failure without the platform's word leaves open whether it has acted. Throws
   * `PlatformError`.
   */
  async mutate(mutations: readonly Mutation[]): Promise<Mutated> {
    const note: CallNote = {};
    try {
      const answer = await noting(note, () =>
        // The package's types know each entity by its own type; the platform checks what they do not.
        this.mutateResources(mutations as unknown as MutateOperation<object>[], { partial_failure: false }),
      );
      const resourceNames = (answer.mutate_operation_responses ?? []).map(resourceNameIn);
      if (resourceNames.length !== mutations.length)
        throw unreadableAnswer(
          `${mutations.length} operations were answered by ${resourceNames.length} results`,
          this.#context(),
        );
      return { resourceNames, requestId: note.requestId ?? null };
    } catch (error) {
      throw this.errorFromRpc(error);
    }
  }

  /** Any failure of a gRPC call as a `PlatformError`. */
  errorFromRpc(error: unknown): PlatformError {
    if (error instanceof PlatformError) return error;
    if (error instanceof errors.GoogleAdsFailure) {
      const failure = this.#read(error);
      return failure === undefined
        ? errorFromStatus('UNKNOWN', 'the call failed', this.#context())
        : errorFromFailure(failure, this.#context());
    }
    const failure = this.#failureOf(error as Error);
    if (failure) return errorFromFailure(failure, this.#context());
    const { code, details, metadata } = error as Partial<ServiceError>;
    const requestId = metadata?.get('request-id')[0];
    return errorFromStatus(statusCodes[code ?? statusCodes.UNKNOWN] ?? 'UNKNOWN', details ?? 'the call failed', {
      ...this.#context(),
      requestId: requestId === undefined ? undefined : String(requestId),
    });
  }

  /** `undefined` when the trailer holds no failure, or none that can be read: then the status has to do. */
  #failureOf(error: Error): Failure | undefined {
    try {
      const decoded = this.getGoogleAdsError(error);
      return decoded instanceof errors.GoogleAdsFailure ? this.#read(decoded) : undefined;
    } catch {
      return undefined;
    }
  }

  #read(failure: InstanceType<typeof errors.GoogleAdsFailure>): Failure | undefined {
    return failureIn(errors.GoogleAdsFailure.toObject(failure, { enums: String, longs: String }));
  }

  #context(): AnswerContext {
    return { secrets: this.#secrets() };
  }

  #secrets(): readonly string[] {
    const { credentials, token } = this.#connection;
    const current = token.current;
    return [
      credentials.clientSecret,
      credentials.refreshToken,
      credentials.developerToken,
      ...(current ? [current] : []),
    ];
  }
}

/** The generated client's types promise the answer alone; it gives an array, and takes headers that they do not know. */
interface AccessibleCustomers {
  listAccessibleCustomers(
    request: object,
    options: object,
  ): Promise<readonly [{ readonly resource_names?: readonly string[] }]>;
}

/** Each result is a oneof of messages that all hold a resource name. */
function resourceNameIn(response: object): string {
  for (const result of Object.values(response)) {
    const name: unknown =
      typeof result === 'object' && result !== null ? Reflect.get(result, 'resource_name') : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  return '';
}

/** Fails at once when another version of the package no longer has what is replaced: a silent miss would leave our host. */
function internal<Name extends keyof Internals>(customer: Customer, name: Name): Internals[Name] {
  const member: unknown = (customer as unknown as Partial<Internals>)[name];
  if (typeof member !== 'function')
    throw new Error(`google-ads-api no longer has Customer.${name}; adapt platforms/google-ads/client.ts.`);
  return member as Internals[Name];
}

function onHost(url: string, api: string): string {
  if (!url.startsWith(packageHost))
    throw new Error('google-ads-api no longer calls the host that client.ts replaces; adapt it.');
  return `${api}/${url.slice(packageHost.length)}`;
}
