/** Runs inside a function's thread: loads its bundle, answers one request at a time, and is all of Lambda it can see. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { InvokeFailure } from '../ports.ts';
import { installStreaming, isStreaming, ResponseStream } from './response-stream.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-protocol.ts';

type Handler = (event: unknown, second: unknown, third?: unknown) => unknown;

const settings = workerData as WorkerSettings;
if (parentPort === null) throw new Error('This file runs in a worker thread.');
const port = parentPort;
const post = (message: FromWorker): void => port.postMessage(message);
const logStreamName = `local/[$LATEST]${createHash('sha256').update(`${settings.functionArn}${process.pid}${Date.now()}`).digest('hex').slice(0, 32)}`;

installStreaming();
// Node reads NODE_OPTIONS when a process starts, not when a thread does.
if (process.env.NODE_OPTIONS?.includes('--enable-source-maps') === true) process.setSourceMapsEnabled(true);
let open: ResponseStream | undefined;

try {
  const handler = await loadHandler();
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'taken') open?.taken();
    else if (message.kind === 'abandoned') open?.abandon();
    else void answer(handler, message);
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'init-failed', error: describe(error) });
}

async function loadHandler(): Promise<Handler> {
  const cut = settings.handler.lastIndexOf('.');
  const file = settings.handler.slice(0, cut);
  const path = ['mjs', 'js', 'cjs'].map((ending) => join(settings.folder, `${file}.${ending}`)).find(existsSync);
  if (path === undefined)
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}' in ${settings.folder}`);
  const loaded = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const handler = loaded[settings.handler.slice(cut + 1)];
  if (typeof handler !== 'function') {
    throw named('Runtime.HandlerNotFound', `${settings.handler} is undefined or not exported`);
  }
  if (!isStreaming(handler) && handler.length > 2) {
    throw named(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Use an async handler.',
    );
  }
  return handler as Handler;
}

async function answer(handler: Handler, request: Extract<ToWorker, { kind: 'invoke' }>): Promise<void> {
  const { requestId } = request;
  try {
    const event: unknown = JSON.parse(request.event);
    const context = contextOf(request);
    if (isStreaming(handler)) {
      open = new ResponseStream(requestId, post);
      await handler(event, open, context);
      await open.drained();
      post({ kind: 'done', requestId, result: undefined });
    } else {
      const result = await handler(event, context);
      post({ kind: 'done', requestId, result: JSON.stringify(result ?? null) });
    }
  } catch (error) {
    post({ kind: 'failed', requestId, error: describe(error) });
  } finally {
    open = undefined;
  }
}

function contextOf(request: Extract<ToWorker, { kind: 'invoke' }>): Record<string, unknown> {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    memoryLimitInMB: String(settings.memoryMb),
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName,
    invokedFunctionArn: settings.functionArn,
    awsRequestId: request.requestId,
    getRemainingTimeInMillis: () => Math.max(0, request.deadline - Date.now()),
  };
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** As Lambda's Node runtime writes an error. */
function describe(error: unknown): InvokeFailure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: (error.stack ?? '').split('\n').slice(0, 50),
  };
}
