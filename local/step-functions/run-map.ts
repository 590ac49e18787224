/** Map: the item processor once an item; the result is an array in item order, whatever finished first. */
import type { MapState } from './definition.ts';
import { mapItems } from './item-source.ts';
import { runPool } from './pool.ts';
import { bindingsOf, type MapItem, type Outcome, type Payload, payloadOf, type Visit } from './run.ts';
import { runDistributedMap } from './run-distributed-map.ts';
import { runFlow } from './run-flow.ts';
import { evaluateField, evaluateNumber, withRetryAndCatch } from './settle.ts';
import { SiblingFailed } from './state-failure.ts';

/** MaxConcurrency 0 or absent: AWS runs up to 40 inline iterations at once. */
const INLINE_CONCURRENCY = 40;

export function runMap(visit: Visit<MapState>): Promise<Outcome> {
  return withRetryAndCatch(visit, visit.state, () =>
    visit.state.distributed === undefined ? inlineAttempt(visit) : runDistributedMap(visit, visit.state.distributed),
  );
}

async function inlineAttempt(visit: Visit<MapState>): Promise<Payload> {
  const { state, frame, variables } = visit;
  const { history } = frame.run;
  const items = await mapItems(visit);
  const wanted = (await evaluateNumber(visit, state.maxConcurrency, 'MaxConcurrency', 0)) ?? 0;
  const concurrency = wanted === 0 ? INLINE_CONCURRENCY : Math.min(wanted, INLINE_CONCURRENCY);
  history.add(frame.lane, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const started = frame.lane.previous;
  const results: unknown[] = new Array(items.length);
  try {
    await runPool(items.length, concurrency, frame.cancellation, async (index, cancellation) => {
      const mapItem: MapItem = { Index: index, Value: items[index] };
      const details = { mapIterationStartedEventDetails: { name: state.name, index } };
      const lane = { previous: started };
      history.add(lane, 'MapIterationStarted', details);
      try {
        const input = payloadOf(await itemInput(visit, mapItem), `The input of iteration ${index}`);
        const inner = { ...frame, cancellation, lane, mapItem };
        results[index] = (await runFlow(state.processor, input, { ...variables }, inner)).value;
      } catch (error) {
        frame.cancellation.throwIfCancelled();
        const type = error instanceof SiblingFailed ? 'Aborted' : 'Failed';
        history.add(lane, `MapIteration${type}`, { [`mapIteration${type}EventDetails`]: { name: state.name, index } });
        throw error;
      }
      history.add(lane, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: { name: state.name, index } });
    });
  } catch (error) {
    frame.cancellation.throwIfCancelled();
    history.add(frame.lane, 'MapStateFailed');
    throw error;
  }
  history.add(frame.lane, 'MapStateSucceeded');
  return payloadOf(results, `The result of the state "${state.name}"`);
}

/** ItemSelector's answer, or the item itself. */
export async function itemInput(visit: Visit<MapState>, mapItem: MapItem): Promise<unknown> {
  const { itemSelector } = visit.state;
  if (itemSelector === undefined) return mapItem.Value;
  return evaluateField(visit, itemSelector, bindingsOf(visit, { mapItem }), 'ItemSelector');
}
