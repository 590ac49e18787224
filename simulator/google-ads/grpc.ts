import * as grpc from '@grpc/grpc-js';
import { type Fault, losesAnswer } from '../control/faults.ts';
import type { WriteRecord } from '../control/write-log.ts';
import type { Headers } from './access.ts';
import { type Backend, type MutateRequest, type SearchRequest, writeRows } from './backend.ts';
import { packageName, type UnaryMethod, unaryMethods, version } from './definitions.ts';
import { AdsFailure, BareFailure, failureMessage, statuses, statusMessage } from './failure.ts';
import { rowWriter } from './gaql/write-row.ts';
import { readOperations } from './mutate/operation.ts';
import { decode, decodeSent, encode, messageType, stringField } from './protos.ts';

type Unary = grpc.ServerUnaryCall<Buffer, Buffer>;
type Stream = grpc.ServerWritableStream<Buffer, Buffer>;

const failureKey = `google.ads.googleads.${version}.errors.googleadsfailure-bin`;
const garbage = Buffer.from('ff'.repeat(64), 'hex');

/** Google's gRPC wire: search, searchStream, mutate and listAccessibleCustomers answer, every other unary method is refused by name. */
export function registerGrpc(server: grpc.Server, backend: Backend): void {
  const services = new Map<
    string,
    { definition: grpc.ServiceDefinition; handlers: grpc.UntypedServiceImplementation }
  >();
  const add = (path: string, responseStream: boolean, handler: grpc.UntypedHandleCall) => {
    const [, service = '', method = ''] = path.split('/');
    const held = services.get(service) ?? { definition: {}, handlers: {} };
    held.definition = { ...held.definition, [method]: methodOf(path, responseStream) };
    held.handlers[method] = handler;
    services.set(service, held);
  };
  for (const method of unaryMethods()) add(method.path, false, refused(backend, method));
  const service = `/${packageName}.services`;
  add(`${service}.CustomerService/ListAccessibleCustomers`, false, accessibleCustomers(backend));
  add(`${service}.GoogleAdsService/Search`, false, search(backend));
  add(`${service}.GoogleAdsService/Mutate`, false, mutates(backend));
  add(`${service}.GoogleAdsService/SearchStream`, true, searchStream(backend));
  for (const { definition, handlers } of services.values()) server.addService(definition, handlers);
}

function methodOf(path: string, responseStream: boolean): grpc.MethodDefinition<Buffer, Buffer> {
  const same = (bytes: Buffer) => bytes;
  return {
    path,
    requestStream: false,
    responseStream,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

function accessibleCustomers(backend: Backend) {
  return unary(
    backend,
    'listAccessibleCustomers',
    () => ({}),
    (call) =>
      encode(messageType('services.ListAccessibleCustomersResponse'), {
        resource_names: backend.listAccessibleCustomers(headersOf(call.metadata)),
      }),
  );
}

function search(backend: Backend) {
  const read = (bytes: Buffer) => readSearch(decode(messageType('services.SearchGoogleAdsRequest'), bytes));
  return unary(backend, 'search', read, (call, request, fault) => {
    const page = backend.search(request, headersOf(call.metadata));
    const writer = rowWriter(page.query, 'proto');
    return encode(messageType('services.SearchGoogleAdsResponse'), {
      results: writeRows(page.query, page.rows, 'proto', fault),
      next_page_token: page.nextPageToken ?? '',
      total_results_count: page.totalResultsCount ?? 0,
      field_mask: { paths: page.query.select },
      ...(page.summary === undefined ? {} : { summary_row: { metrics: writer.write(page.summary)['metrics'] } }),
    });
  });
}

function readMutate(bytes: Buffer): MutateRequest {
  const request = decodeSent(messageType('services.MutateGoogleAdsRequest'), bytes);
  return {
    customerId: text(request['customer_id']) ?? '',
    operations: readOperations(request),
    validateOnly: request['validate_only'] === true,
    partialFailure: request['partial_failure'] === true,
  };
}

/** Every operation is written down as it arrives; what a fault does to the answer comes after what was done. */
function mutates(backend: Backend): grpc.handleUnaryCall<Buffer, Buffer> {
  return (call, callback) => {
    let requestId = '';
    let writes: readonly WriteRecord[] = [];
    try {
      const request = readMutate(call.request);
      const headers = headersOf(call.metadata);
      const { customerId } = request;
      const arrived = backend.arrive({ operation: 'mutate', headers, customerId, write: true });
      const { fault } = arrived;
      requestId = arrived.requestId;
      const { writes: log, now } = backend.options;
      writes = request.operations.map(({ entity, verb }) =>
        log.arrive({
          platform: 'google-ads',
          account: customerId,
          operation: 'mutate',
          kind: `${entity}.${verb}`,
          at: now(),
          requestId,
        }),
      );
      if (fault?.kind === 'timeout') return;
      call.sendMetadata(idMetadata(requestId));
      if (fault?.kind === 'reset' || fault?.kind === 'truncate')
        throw new BareFailure('UNAVAILABLE', 'Connection dropped');
      backend.fail(fault);
      const { results } = backend.mutate(request, headers);
      for (const [index, write] of writes.entries()) {
        if (request.validateOnly) write.validated();
        else write.done([idAtEnd(results[index]?.resourceName ?? '')]);
      }
      if (losesAnswer(fault) || fault?.kind === 'garbage') for (const write of writes) write.unanswered();
      if (fault?.kind === 'act-then-timeout') return;
      writes = [];
      if (fault?.kind === 'act-then-reset') throw new BareFailure('UNAVAILABLE', 'Connection dropped');
      const answer = {
        mutate_operation_responses: results.map(({ entity, resourceName }) => ({
          [`${entity}_result`]: { resource_name: resourceName },
        })),
      };
      callback(
        null,
        fault?.kind === 'garbage'
          ? garbage
          : encode(messageType('services.MutateGoogleAdsResponse'), request.validateOnly ? {} : answer),
      );
    } catch (error) {
      const code = error instanceof AdsFailure ? error.code : error instanceof BareFailure ? error.status : 'INTERNAL';
      for (const write of writes) error instanceof AdsFailure ? write.refused(code) : write.failed(code);
      callback(statusOf(error, requestId));
    }
  };
}

const idAtEnd = (resourceName: string): string => resourceName.slice(resourceName.lastIndexOf('/') + 1);

function refused(backend: Backend, { path, customerIdField }: UnaryMethod) {
  const method = path.slice(path.lastIndexOf('.') + 1);
  const operation = method.slice(method.indexOf('/') + 1).replace(/^./, (letter) => letter.toLowerCase());
  const read = (bytes: Buffer) => ({
    customerId: customerIdField === undefined ? undefined : stringField(bytes, customerIdField),
  });
  return unary(backend, operation, read, (call) => backend.refuse(method, headersOf(call.metadata)));
}

function unary<T extends { readonly customerId?: string | undefined; readonly query?: string }>(
  backend: Backend,
  operation: string,
  read: (bytes: Buffer) => T,
  answer: (call: Unary, request: T, fault: Fault | undefined) => Buffer,
): grpc.handleUnaryCall<Buffer, Buffer> {
  return (call, callback) => {
    let requestId = '';
    try {
      const request = read(call.request);
      const { customerId, query } = request;
      const arrived = backend.arrive({ operation, headers: headersOf(call.metadata), customerId, query });
      const { fault } = arrived;
      requestId = arrived.requestId;
      call.sendMetadata(idMetadata(requestId));
      if (fault?.kind === 'timeout') return;
      if (fault?.kind === 'reset' || fault?.kind === 'truncate') {
        throw new BareFailure('UNAVAILABLE', 'Connection dropped');
      }
      backend.fail(fault);
      callback(null, fault?.kind === 'garbage' ? garbage : answer(call, request, fault));
    } catch (error) {
      callback(statusOf(error, requestId));
    }
  };
}

function searchStream(backend: Backend): grpc.handleServerStreamingCall<Buffer, Buffer> {
  return (call) => {
    let requestId = '';
    const run = async () => {
      const responseType = messageType('services.SearchGoogleAdsStreamResponse');
      const request = readSearch(decode(messageType('services.SearchGoogleAdsStreamRequest'), call.request));
      const { customerId, query } = request;
      const headers = headersOf(call.metadata);
      const arrived = backend.arrive({ operation: 'searchStream', headers, customerId, query });
      const { fault } = arrived;
      requestId = arrived.requestId;
      call.sendMetadata(idMetadata(requestId));
      if (fault?.kind === 'timeout') return;
      if (fault?.kind === 'reset') throw new BareFailure('UNAVAILABLE', 'Connection dropped');
      if (fault?.kind === 'garbage') {
        await written(call, garbage);
        call.end();
        return;
      }
      backend.fail(fault);
      const answer = backend.searchStream(request, headers);
      const writer = rowWriter(answer.query, 'proto');
      const mask = { field_mask: { paths: answer.query.select }, request_id: requestId };
      let first: Fault | undefined = fault;
      for (const rows of answer.chunks) {
        if (call.cancelled) return;
        await written(call, encode(responseType, { results: writeRows(answer.query, rows, 'proto', first), ...mask }));
        if (fault?.kind === 'truncate') throw new BareFailure('UNAVAILABLE', 'Connection dropped');
        first = undefined;
      }
      const total = answer.summary?.row;
      if (total !== undefined) {
        await written(
          call,
          encode(responseType, { summary_row: { metrics: writer.write(total)['metrics'] }, ...mask }),
        );
      }
      call.end();
    };
    run().catch((error: unknown) => call.emit('error', statusOf(error, requestId)));
  };
}

function written(call: Stream, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    call.write(bytes, (error: Error | null | undefined) => (error ? reject(error) : resolve()));
  });
}

/** A status with the GoogleAdsFailure in its trailers. */
function statusOf(error: unknown, requestId: string): Partial<grpc.StatusObject> {
  if (!(error instanceof AdsFailure || error instanceof BareFailure)) {
    // What is left are requests that are no messages: protobuf's decoder refused them.
    return { code: grpc.status.INVALID_ARGUMENT, details: String(error), metadata: idMetadata(requestId) };
  }
  const metadata = idMetadata(requestId);
  if (error instanceof AdsFailure) {
    metadata.set(failureKey, encode(messageType('errors.GoogleAdsFailure'), failureMessage(error, requestId)));
  }
  return { code: statuses[error.status].grpc, details: statusMessage(error), metadata };
}

function idMetadata(requestId: string): grpc.Metadata {
  const metadata = new grpc.Metadata();
  metadata.set('request-id', requestId);
  return metadata;
}

function headersOf(metadata: grpc.Metadata): Headers {
  return (name) => {
    const value = metadata.get(name)[0];
    return value === undefined ? undefined : value.toString();
  };
}

function readSearch(request: Record<string, unknown>): SearchRequest {
  const settings = request['search_settings'];
  const setting = (name: string) =>
    typeof settings === 'object' && settings !== null && Reflect.get(settings, name) === true;
  return {
    customerId: text(request['customer_id']) ?? '',
    query: text(request['query']) ?? '',
    pageToken: text(request['page_token']) ?? '',
    pageSize: Number(request['page_size'] ?? 0),
    validateOnly: request['validate_only'] === true,
    returnSummaryRow: setting('return_summary_row') || request['summary_row_setting'] === 'SUMMARY_ROW_WITH_RESULTS',
    returnTotalResultsCount: setting('return_total_results_count'),
    omitResults: setting('omit_results'),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
