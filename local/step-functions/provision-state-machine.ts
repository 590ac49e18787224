/** `AWS::StepFunctions::StateMachine` of a template: which properties count, and the definition they give. */
import type { ResolvedResource } from '../ports.ts';
import { isObject } from './field-reader.ts';
import { type Parsed, parseDefinition } from './parse-definition.ts';

/** Properties that change nothing about how a machine runs here. Anything outside both lists is refused by name. */
const ignored = ['Tags', 'LoggingConfiguration', 'TracingConfiguration', 'EncryptionConfiguration'];
const used = [
  'StateMachineName',
  'RoleArn',
  'StateMachineType',
  'DefinitionString',
  'Definition',
  'DefinitionSubstitutions',
];

export interface ReadMachine {
  readonly roleArn: string;
  readonly definitionText: string;
  readonly parsed: Parsed;
}

/** A string is the reason for refusal. */
export function readStateMachine(resource: ResolvedResource): ReadMachine | string {
  const { properties } = resource;
  for (const name of Object.keys(properties)) {
    // The runtime reads the object and hands its text on as DefinitionString.
    if (name === 'DefinitionS3Location' && properties.DefinitionString !== undefined) continue;
    if (!ignored.includes(name) && !used.includes(name)) return `property ${name} is not supported locally`;
  }
  const type = properties.StateMachineType ?? 'STANDARD';
  if (type !== 'STANDARD') return `StateMachineType ${String(type)} is not supported locally; STANDARD is`;
  const roleArn = properties.RoleArn;
  if (typeof roleArn !== 'string') return 'RoleArn is missing';
  const given = properties.DefinitionString ?? properties.Definition;
  const text = typeof given === 'string' ? given : isObject(given) ? JSON.stringify(given) : undefined;
  if (text === undefined) return 'DefinitionString or Definition is missing';
  const definitionText = substitute(text, properties.DefinitionSubstitutions);
  const open = /\$\{([A-Za-z0-9_-]+)\}/.exec(definitionText);
  if (open !== null) return `the definition holds \${${open[1]}}, which DefinitionSubstitutions does not give`;
  let json: unknown;
  try {
    json = JSON.parse(definitionText);
  } catch (error) {
    return `the definition is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  return { roleArn, definitionText, parsed: parseDefinition(json) };
}

/** CloudFormation puts the values into the text, so they are escaped for the JSON string they stand in. */
function substitute(text: string, substitutions: unknown): string {
  if (!isObject(substitutions)) return text;
  return text.replace(/\$\{([A-Za-z0-9_-]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(substitutions, name) ? substitutions[name] : undefined;
    return value === undefined ? whole : JSON.stringify(String(value)).slice(1, -1);
  });
}
