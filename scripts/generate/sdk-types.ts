import type { JsonSchema } from './openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly unknown[];
  readonly parameters: readonly {
    name: string;
    in: string;
    required: boolean;
    description?: string;
    schema: JsonSchema;
  }[];
  readonly requestBody?: { content: Record<string, { schema: JsonSchema }> };
  readonly responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
}

const quoted = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

const comment = (text: unknown, indent: string): string =>
  typeof text === 'string' ? `${indent}/** ${text} */\n` : '';

/** TypeScript for the subset of JSON Schema that the contracts use; anything else is refused rather than typed as unknown. */
function typeOf(schema: JsonSchema, indent = ''): string {
  if (typeof schema.$ref === 'string') {
    return schema.$ref.split('/').at(-1) as string;
  }
  if (Array.isArray(schema.enum)) {
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  }
  const union = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (union !== undefined) {
    return union.map((each) => typeOf(each, indent)).join(' | ');
  }
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
  }
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `readonly (${typeOf(schema.items as JsonSchema, indent)})[]`;
    case 'object':
      return objectType(schema, indent);
    case undefined:
      if (Object.keys(schema).every((key) => key === 'description')) {
        return 'unknown';
      }
      break;
    default:
  }
  throw new Error(`The SDK generator has no type for ${JSON.stringify(schema)}`);
}

function objectType(schema: JsonSchema, indent: string): string {
  const properties = schema.properties as Record<string, JsonSchema> | undefined;
  if (properties === undefined) {
    const values = schema.additionalProperties;
    return `Readonly<Record<string, ${typeof values === 'object' && values !== null ? typeOf(values as JsonSchema, indent) : 'unknown'}>>`;
  }
  const required = new Set(schema.required as string[] | undefined);
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, property]) =>
      `${comment(property.description, inner)}${inner}readonly ${quoted(name)}${required.has(name) ? '' : '?'}: ${typeOf(property, inner)};`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

const pascal = (name: string): string => name[0]?.toUpperCase() + name.slice(1);

/** Types of every component, and one typed description a route for the handwritten client to call. */
export function sdkSource(document: JsonSchema): string {
  const { schemas } = document.components as { schemas: Record<string, JsonSchema> };
  const types = Object.entries(schemas).map(
    ([name, schema]) => `${comment(schema.description, '')}export type ${name} = ${typeOf(schema)};`,
  );

  const requests: string[] = [];
  const table: string[] = [];
  for (const [path, methods] of Object.entries(document.paths as Record<string, Record<string, Operation>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      // Pages and platforms speak to these; nobody with a token has anything to say there.
      if (operation.security.length === 0) continue;
      const place = (where: string) => operation.parameters.filter((parameter) => parameter.in === where);
      const group = (where: string): string => {
        const members = place(where);
        const optional = members.every((member) => !member.required);
        const lines = members.map(
          (member) =>
            `${comment(member.description, '    ')}    readonly ${quoted(member.name)}${member.required ? '' : '?'}: ${typeOf(member.schema, '    ')};`,
        );
        return members.length === 0 ? '' : `  readonly ${where}${optional ? '?' : ''}: {\n${lines.join('\n')}\n  };\n`;
      };
      const body = operation.requestBody?.content['application/json']?.schema;
      const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'));
      const content = Object.entries(success?.[1].content ?? {})[0];
      if (content === undefined) {
        throw new Error(`${operation.operationId} answers nothing`);
      }
      const streams = content[0] === 'text/event-stream';
      // A file is handed over as it comes: its format is a parameter and its size is not known.
      const file = content[0] !== 'application/json' && !streams;
      requests.push(
        `/** ${operation.summary} */\nexport interface ${pascal(operation.operationId)} {\n${group('path')}${group('query')}${
          body === undefined ? '' : `  readonly body: ${typeOf(body, '  ')};\n`
        }}`,
      );
      table.push(
        `  ${operation.operationId}: route<${pascal(operation.operationId)}, ${file ? 'Response' : typeOf(content[1].schema)}, ${streams}>({ method: '${method.toUpperCase()}', path: '${path}', streams: ${streams},${file ? ' file: true,' : ''} idempotent: ${place('header').some((member) => member.name === 'Idempotency-Key')} }),`,
      );
    }
  }
  return [
    '// Generated from contracts/routes.ts by `npm run generate`. Do not edit.',
    "import { route } from '../route.ts';",
    ...types,
    ...requests,
    `export const routes = {\n${table.join('\n')}\n} as const;`,
    '',
  ].join('\n\n');
}
