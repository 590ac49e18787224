/** What a rule's target is given: the event, a part of it, a constant, or a text made of it. */
import { isObject, type JsonObject, objectOf, optionalText } from '../json-protocol.ts';

interface RuleContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO 8601. */
  readonly ingested: string;
}

export function targetInput(target: JsonObject, event: JsonObject, context: RuleContext): unknown {
  const constant = optionalText(target, 'Input');
  if (constant !== undefined) return JSON.parse(constant);
  const path = optionalText(target, 'InputPath');
  if (path !== undefined) return readPath(event, path);
  return isObject(target.InputTransformer) ? transform(target.InputTransformer, event, context) : event;
}

/** `$`, `$.a.b`, `$.a[0]`, `$.detail['a b']`. */
function readPath(event: unknown, path: string): unknown {
  let value = event;
  for (const [, plain, index, quoted] of path.slice(1).matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)) {
    const name = plain ?? quoted;
    if (name !== undefined) value = isObject(value) ? value[name] : undefined;
    else value = Array.isArray(value) ? value[Number(index)] : undefined;
  }
  return value;
}

/** Inside quotes a variable is text, outside it is JSON; a template that is no JSON in the end is a text. */
function transform(transformer: JsonObject, event: JsonObject, context: RuleContext): unknown {
  const variables = new Map<string, unknown>([
    ['aws.events.rule-arn', context.ruleArn],
    ['aws.events.rule-name', context.ruleName],
    ['aws.events.event.ingestion-time', context.ingested],
    ['aws.events.event', event],
    ['aws.events.event.json', event],
  ]);
  for (const [name, path] of Object.entries(objectOf(transformer, 'InputPathsMap')))
    variables.set(name, readPath(event, String(path)));
  const template = optionalText(transformer, 'InputTemplate') ?? '';
  let quoted = false;
  const filled = template.replace(/\\.|"|<([\w.-]+)>/g, (part, name?: string) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined || !variables.has(name)) return part;
    const value = variables.get(name);
    if (!quoted) return JSON.stringify(value ?? null);
    const shown = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    return JSON.stringify(shown).slice(1, -1);
  });
  try {
    return JSON.parse(filled);
  } catch {
    return filled;
  }
}
