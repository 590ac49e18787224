/** Map in DISTRIBUTED mode: every item, or batch of items, is a child execution recorded under a map run. */
import { randomUUID } from 'node:crypto';
import { type Batch, batchItems } from './batches.ts';
import type { MapState } from './definition.ts';
import { runChildExecution } from './execution.ts';
import { mapItems } from './item-source.ts';
import { MapRun } from './map-run.ts';
import { runPool } from './pool.ts';
import { bindingsOf, type Payload, payloadOf, type Visit } from './run.ts';
import { itemInput } from './run-map.ts';
import { evaluateField, evaluateNumber } from './settle.ts';
import { ExecutionEnd, MAX_PAYLOAD_BYTES, StateFailure } from './state-failure.ts';

type Distributed = NonNullable<MapState['distributed']>;

/** AWS runs up to 10,000 children at once; one machine does not. */
const LOCAL_CONCURRENCY = 40;

export async function runDistributedMap(visit: Visit<MapState>, settings: Distributed): Promise<Payload> {
  const { state, frame } = visit;
  const { run, cancellation } = frame;
  run.history.add(frame.lane, 'MapStateStarted', { mapStateStartedEventDetails: {} });
  const arn = run.executionArn
    .replace(':execution:', ':mapRun:')
    .replace(/:[^:]*$/, `/${settings.label}:${randomUUID()}`);
  let mapRun: MapRun | undefined;
  try {
    const numbers = await limitsOf(visit, settings);
    const { batches, itemCount } = await childInputs(visit, settings);
    mapRun = new MapRun(run, arn, numbers, itemCount, batches.length);
    run.history.add(frame.lane, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: arn } });
    const results = await runChildren(visit, settings, mapRun, batches, numbers.maxConcurrency);
    const payload = payloadOf(results, `The result of the state "${state.name}"`);
    mapRun.close('SUCCEEDED');
    run.history.add(frame.lane, 'MapRunSucceeded');
    run.history.add(frame.lane, 'MapStateSucceeded');
    return payload;
  } catch (error) {
    mapRun?.close(cancellation.reason === undefined ? 'FAILED' : 'ABORTED');
    cancellation.throwIfCancelled();
    if (error instanceof StateFailure) {
      const details = { mapRunFailedEventDetails: { error: error.error, cause: error.failureCause } };
      if (mapRun !== undefined) run.history.add(frame.lane, 'MapRunFailed', details);
      run.history.add(frame.lane, 'MapStateFailed');
    }
    throw error;
  }
}

async function limitsOf(visit: Visit<MapState>, settings: Distributed) {
  const percentage = await evaluateNumber(visit, settings.toleratedPercentage, 'ToleratedFailurePercentage', 0);
  if (percentage !== undefined && percentage > 100) {
    throw new StateFailure(
      'States.QueryEvaluationError',
      `ToleratedFailurePercentage must be 0 to 100, not ${percentage}.`,
    );
  }
  return {
    maxConcurrency: (await evaluateNumber(visit, visit.state.maxConcurrency, 'MaxConcurrency', 0)) ?? 0,
    toleratedFailureCount: (await evaluateNumber(visit, settings.toleratedCount, 'ToleratedFailureCount', 0)) ?? 0,
    toleratedFailurePercentage: percentage ?? 0,
  };
}

interface ChildInputs {
  readonly batches: readonly Batch[];
  readonly itemCount: number;
}

async function childInputs(visit: Visit<MapState>, settings: Distributed): Promise<ChildInputs> {
  const items = await mapItems(visit);
  const inputs: unknown[] = [];
  for (const [index, value] of items.entries()) {
    await visit.frame.run.surface.breathe();
    visit.frame.cancellation.throwIfCancelled();
    inputs.push(await itemInput(visit, { Index: index, Value: value }));
  }
  const { batcher } = settings;
  if (batcher === undefined) {
    return { itemCount: items.length, batches: inputs.map((input) => ({ input, itemCount: 1 })) };
  }
  const batchInput =
    batcher.batchInput === undefined
      ? undefined
      : await evaluateField(visit, batcher.batchInput, bindingsOf(visit), 'ItemBatcher.BatchInput');
  const limits = {
    maxItems: (await evaluateNumber(visit, batcher.maxItems, 'ItemBatcher.MaxItemsPerBatch', 1)) ?? Infinity,
    maxInputBytes:
      (await evaluateNumber(visit, batcher.maxInputBytes, 'ItemBatcher.MaxInputBytesPerBatch', 1)) ?? MAX_PAYLOAD_BYTES,
  };
  return { itemCount: items.length, batches: batchItems(inputs, batchInput, limits) };
}

/** Outputs of the children that succeeded, in item order; a tolerated failure contributes nothing. */
async function runChildren(
  visit: Visit<MapState>,
  settings: Distributed,
  mapRun: MapRun,
  batches: readonly Batch[],
  wanted: number,
): Promise<readonly unknown[]> {
  const { run, cancellation: around } = visit.frame;
  const outputs = new Map<number, unknown>();
  let outputBytes = 0;
  const concurrency = wanted === 0 ? LOCAL_CONCURRENCY : Math.min(wanted, LOCAL_CONCURRENCY);
  await runPool(batches.length, concurrency, around, async (index, cancellation) => {
    const batch = batches[index];
    if (batch === undefined) return;
    mapRun.started(batch.itemCount);
    const child = await runChildExecution({
      parent: run,
      flow: visit.state.processor,
      label: settings.label,
      mapRunArn: mapRun.arn,
      executionType: settings.executionType,
      input: batch.input,
      itemCount: batch.itemCount,
      cancellation,
    });
    mapRun.ended(child.status, batch.itemCount);
    cancellation.throwIfCancelled();
    if (child.status === 'SUCCEEDED') {
      outputBytes += Buffer.byteLength(child.output.json) + 1;
      // Known to be too much before all of it is held in memory.
      if (outputBytes > MAX_PAYLOAD_BYTES) {
        throw new StateFailure(
          'States.DataLimitExceeded',
          `The results of the state "${visit.state.name}" exceed ${MAX_PAYLOAD_BYTES} bytes; let the children write them and return less.`,
        );
      }
      outputs.set(index, child.output.value);
      return;
    }
    if (child.status === 'ABORTED' && around.reason instanceof ExecutionEnd) throw around.reason;
    if (mapRun.exceedsTolerance) {
      throw new StateFailure(
        'States.ExceedToleratedFailureThreshold',
        'The specified tolerated failure threshold was exceeded',
      );
    }
  });
  return batches.flatMap((_, index) => (outputs.has(index) ? [outputs.get(index)] : []));
}
