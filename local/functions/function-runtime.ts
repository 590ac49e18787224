/** All functions of the templates: made ready by the boot, run on demand, each under its own credentials. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CredentialBook } from '../endpoint/credentials.ts';
import { AwsError, type FunctionInvoker, type InvokeFailure, type InvokeResult, type Provisioner } from '../ports.ts';
import type { Place } from '../services/place.ts';
import { keepCode } from './function-code.ts';
import {
  type AsyncSettings,
  DEFAULT_ASYNC,
  type FunctionDefinition,
  nameOf,
  readAsyncSettings,
  readFunction,
  refuseFunctionResource,
} from './function-definition.ts';
import { FunctionLog } from './function-log.ts';
import { createStartGate, FunctionPool, type FunctionTimings } from './function-pool.ts';
import { FunctionFailure } from './function-worker.ts';
import { StreamReader } from './streamed-answer.ts';

/** Lambda's limits for a synchronous request and its answer, in bytes. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
const DEFAULT_IDLE_MS = 30_000;
const STARTS_AT_ONCE = 3;

export interface FunctionRuntimeSettings extends Place {
  readonly logsFolder: string;
  /** Where copies of the functions' code are kept while they run; they run in place when absent. */
  readonly codeFolder?: string;
  readonly endpointUrl: string;
  readonly credentials: CredentialBook;
  /** How long an environment stays warm without a request. */
  readonly idleMs?: number;
}

export interface FunctionRuntime extends FunctionInvoker, Provisioner {
  /**
   * As InvokeWithResponseStream carries it: with `HttpResponseStream.from` the metadata JSON, eight NUL bytes, then the body.
   * Rejects when the function fails before its first byte; the iteration throws when it fails midway. The signal and leaving
   * the iteration tell the function that nobody reads on.
   */
  invokeStreaming(
    functionArn: string,
    payload: unknown,
    options?: { readonly signal?: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>>;
  /** Payload and result as JSON text. */
  invokeText(functionArn: string, event: string, requestId: string): Promise<TextResult>;
  /** Throws `ResourceNotFoundException`. */
  definitionOf(functionArn: string): FunctionDefinition;
  asyncSettingsOf(functionArn: string): AsyncSettings;
  definitions(): readonly FunctionDefinition[];
  timings(): readonly FunctionTimings[];
  close(): Promise<void>;
}

export type TextResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: InvokeFailure };

export function createFunctionRuntime(settings: FunctionRuntimeSettings): FunctionRuntime {
  const pools = new Map<string, FunctionPool>();
  const asyncSettings = new Map<string, AsyncSettings>();
  const gate = createStartGate(STARTS_AT_ONCE);

  const poolOf = (functionArn: string): FunctionPool => {
    const pool = pools.get(nameOf(functionArn));
    if (pool === undefined) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`, 404);
    }
    return pool;
  };

  const invokeText = async (functionArn: string, event: string, requestId: string): Promise<TextResult> => {
    const pool = poolOf(functionArn);
    refuseLarge(event);
    try {
      const text = (await pool.lend((worker) => worker.run(requestId, event))) ?? 'null';
      const bytes = Buffer.byteLength(text);
      if (bytes <= MAX_PAYLOAD_BYTES) return { ok: true, text };
      return {
        ok: false,
        error: {
          errorType: 'Function.ResponseSizeTooLarge',
          errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
        },
      };
    } catch (error) {
      if (error instanceof FunctionFailure) return { ok: false, error: error.failure };
      throw error;
    }
  };

  return {
    types: ['AWS::Lambda::Function', 'AWS::Lambda::EventInvokeConfig'],
    refuse: refuseFunctionResource,
    provision: async (resource) => {
      if (resource.type === 'AWS::Lambda::EventInvokeConfig') {
        const { functionName, ...found } = readAsyncSettings(resource);
        asyncSettings.set(functionName, found);
        return;
      }
      const declared = readFunction(resource);
      const definition = settings.codeFolder === undefined ? declared : await keepCode(declared, settings.codeFolder);
      await pools.get(definition.name)?.close();
      pools.set(
        definition.name,
        new FunctionPool(definition, {
          environment: environmentOf(definition, settings),
          log: new FunctionLog(join(settings.logsFolder, `${definition.name}.log`)),
          idleMs: settings.idleMs ?? DEFAULT_IDLE_MS,
          gate,
        }),
      );
    },
    invokeText,
    invoke: async (functionArn, payload, options) => {
      const signal = options?.signal;
      signal?.throwIfAborted();
      const running = invokeText(functionArn, JSON.stringify(payload ?? null), randomUUID());
      const result = await (signal === undefined ? running : untilAborted(running, signal));
      return result.ok ? { ok: true, payload: JSON.parse(result.text) as unknown } : (result satisfies InvokeResult);
    },
    invokeStreaming: async (functionArn, payload, options) => {
      const signal = options?.signal;
      signal?.throwIfAborted();
      const pool = poolOf(functionArn);
      const event = JSON.stringify(payload ?? null);
      refuseLarge(event);
      const requestId = randomUUID();
      const reader = new StreamReader();
      const leave = (): void => reader.leave();
      signal?.addEventListener('abort', leave, { once: true });
      const running = pool.lend(async (worker) => {
        reader.attach(
          () => worker.taken(requestId),
          () => worker.abandon(requestId),
        );
        const result = await worker.run(requestId, event, (bytes) => reader.chunk(bytes));
        // A function that does not stream answers whole, as Lambda passes it on.
        if (result !== undefined) reader.chunk(Buffer.from(result));
      });
      running
        .then(
          () => reader.end(),
          (error: unknown) => reader.end(error instanceof Error ? error : new Error(String(error))),
        )
        .finally(() => signal?.removeEventListener('abort', leave));
      return await reader.begun();
    },
    definitionOf: (functionArn) => poolOf(functionArn).definition,
    asyncSettingsOf: (functionArn) => asyncSettings.get(nameOf(functionArn)) ?? DEFAULT_ASYNC,
    definitions: () => [...pools.values()].map((pool) => pool.definition),
    timings: () => [...pools.values()].map((pool) => pool.timings()),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

function refuseLarge(event: string): void {
  const bytes = Buffer.byteLength(event);
  if (bytes > MAX_PAYLOAD_BYTES) {
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${MAX_PAYLOAD_BYTES} bytes for the InvokeFunction operation; it has ${bytes}.`,
      413,
    );
  }
}

/** The caller stops waiting; the function runs on, as on AWS. */
async function untilAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  running.catch(() => {});
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([running, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** What Lambda sets beside the template's own variables, which cannot override it. */
function environmentOf(
  definition: FunctionDefinition,
  settings: FunctionRuntimeSettings,
): Readonly<Record<string, string>> {
  const keys = settings.credentials.issue(`function ${definition.name}`, definition.roleArn);
  return {
    ...definition.environment,
    _HANDLER: definition.handler,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_ENDPOINT_URL: settings.endpointUrl,
    AWS_ENDPOINT_URL_S3: settings.endpointUrl,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    LAMBDA_TASK_ROOT: definition.folder,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}
