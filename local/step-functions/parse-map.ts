/** The Map state of a definition, with its reader, batcher and tolerances. */
import type { ItemBatcher, ItemReader, MapState } from './definition.ts';
import type { FieldReader } from './field-reader.ts';
import { MAX_SECONDS, parseFlow, type Surroundings } from './parse-definition.ts';
import type { Base, ParsedState } from './parse-state.ts';
import { refusedFields } from './state-fields.ts';

const distributedOnly = ['ItemReader', 'ItemBatcher', 'Label', 'ToleratedFailureCount', 'ToleratedFailurePercentage'];

export function parseMap(
  reader: FieldReader,
  base: Base,
  errors: Pick<MapState, 'retry' | 'catch'>,
  targets: readonly string[],
  problems: string[],
  around: Surroundings,
): ParsedState | undefined {
  const processor = reader.object('ItemProcessor');
  if (processor === undefined) {
    reader.problem('"ItemProcessor" is required');
    return undefined;
  }
  processor.only(['ProcessorConfig', 'StartAt', 'States', 'Comment']);
  const config = processor.object('ProcessorConfig');
  config?.only(['Mode', 'ExecutionType']);
  const mode = config?.text('Mode') ?? 'INLINE';
  if (mode !== 'INLINE' && mode !== 'DISTRIBUTED') config?.problem('"Mode" must be INLINE or DISTRIBUTED');
  const executionType = config?.text('ExecutionType');
  const distributed = mode === 'DISTRIBUTED';
  if (distributed && executionType !== 'STANDARD' && executionType !== 'EXPRESS') {
    processor.problem('"ProcessorConfig.ExecutionType" must be STANDARD or EXPRESS for a DISTRIBUTED Map');
  }
  if (distributed && around.mode === 'EXPRESS') reader.problem('a DISTRIBUTED Map cannot run in an EXPRESS processor');
  if (!distributed) {
    for (const field of distributedOnly) {
      if (reader.has(field)) reader.problem(`"${field}" needs "ProcessorConfig.Mode": "DISTRIBUTED"`);
    }
  }
  const label = reader.text('Label') ?? base.name.replace(/[^\w-]/g, '').slice(0, 40);
  if (reader.has('Label') && !/^[\w-]{1,40}$/.test(label)) reader.problem('"Label" must be 1 to 40 of A-Z a-z 0-9 _ -');
  if (reader.has('Items') && reader.has('ItemReader')) reader.problem('"Items" and "ItemReader" exclude each other');
  const inside: Surroundings = distributed
    ? {
        names: around.names,
        outerVariables: new Set(),
        unreachable: new Set([...around.outerVariables, ...around.unreachable]),
        mode: executionType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      }
    : around;
  const state: MapState = {
    ...base,
    ...errors,
    type: 'Map',
    processor: parseFlow(processor, problems, inside),
    items: reader.template('Items'),
    itemSelector: reader.template('ItemSelector'),
    maxConcurrency: reader.numberTemplate('MaxConcurrency', 0, MAX_SECONDS),
    distributed: distributed
      ? {
          label,
          executionType: executionType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
          reader: itemReader(reader),
          batcher: itemBatcher(reader),
          toleratedCount: reader.numberTemplate('ToleratedFailureCount', 0, Number.MAX_SAFE_INTEGER),
          toleratedPercentage: reader.numberTemplate('ToleratedFailurePercentage', 0, 100, false),
        }
      : undefined,
  };
  return { state, targets };
}

const readers: Readonly<Record<string, ItemReader['action']>> = {
  'arn:aws:states:::s3:getObject': 'getObject',
  'arn:aws:states:::s3:listObjectsV2': 'listObjectsV2',
};

function itemReader(reader: FieldReader): ItemReader | undefined {
  const json = reader.object('ItemReader');
  if (json === undefined) return undefined;
  json.only(['Resource', 'ReaderConfig', 'Arguments'], refusedFields);
  const resource = json.requiredText('Resource');
  const action = readers[resource];
  if (action === undefined)
    json.problem(`Resource "${resource}" is not supported; known are ${Object.keys(readers).join(', ')}`);
  const config = json.object('ReaderConfig');
  config?.only(['InputType', 'MaxItems'], { MaxItemsPath: refusedFields.Parameters ?? '' });
  const inputType = config?.text('InputType');
  if (action === 'getObject' && inputType !== 'JSON' && inputType !== 'JSONL') {
    json.problem(`"ReaderConfig.InputType" ${inputType ?? '(missing)'} is not supported; JSON and JSONL are`);
  }
  if (action === 'listObjectsV2' && inputType !== undefined)
    json.problem('"InputType" does not apply to listObjectsV2');
  const args = json.template('Arguments');
  if (args === undefined) json.problem('"Arguments" is required');
  if (action === undefined || args === undefined) return undefined;
  return {
    action,
    inputType: inputType === 'JSON' || inputType === 'JSONL' ? inputType : undefined,
    maxItems: config?.numberTemplate('MaxItems', 1, 100_000_000),
    arguments: args,
  };
}

function itemBatcher(reader: FieldReader): ItemBatcher | undefined {
  const json = reader.object('ItemBatcher');
  if (json === undefined) return undefined;
  json.only(['MaxItemsPerBatch', 'MaxInputBytesPerBatch', 'BatchInput'], {
    MaxItemsPerBatchPath: refusedFields.Parameters ?? '',
    MaxInputBytesPerBatchPath: refusedFields.Parameters ?? '',
  });
  if (!json.has('MaxItemsPerBatch') && !json.has('MaxInputBytesPerBatch')) {
    json.problem('one of "MaxItemsPerBatch" and "MaxInputBytesPerBatch" is required');
  }
  return {
    batchInput: json.template('BatchInput'),
    maxItems: json.numberTemplate('MaxItemsPerBatch', 1, 100_000_000),
    maxInputBytes: json.numberTemplate('MaxInputBytesPerBatch', 1, 262_144),
  };
}
