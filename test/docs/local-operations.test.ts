import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, it } from 'vitest';
import { readPages, root, tableBelow } from './pages.ts';

/** Where the runtime's table of each service's operations stands: file and name of the object whose keys they are. */
const tables: readonly (readonly [service: string, file: string, table: string])[] = [
  ['DynamoDB', 'services/dynamodb/access.ts', 'OPERATIONS'],
  ['S3', 'services/s3/operations.ts', 'ACTIONS'],
  ['SQS', 'services/sqs/sqs-service.ts', 'operations'],
  ['Step Functions', 'step-functions/operations.ts', 'operations'],
  ['EventBridge', 'services/events/events-service.ts', 'operations'],
  ['Scheduler', 'services/scheduler/scheduler-service.ts', 'handlers'],
  ['Athena', 'services/athena/athena-service.ts', 'operations'],
  ['Secrets Manager', 'services/secrets/secrets-service.ts', 'operations'],
  ['SSM parameters', 'services/ssm/ssm-service.ts', 'operations'],
  ['Cognito', 'identity/cognito-service.ts', 'operations'],
];

async function keysOf(file: string, table: string): Promise<readonly string[]> {
  const { program } = parseSync(file, await readFile(join(root, 'local', file), 'utf8'));
  const keys: string[] = [];
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'Identifier' || id.name !== table || init?.type !== 'ObjectExpression') return;
      for (const property of init.properties) {
        if (property.type === 'Property' && property.key.type === 'Identifier') keys.push(property.key.name);
      }
    },
  }).visit(program);
  return keys;
}

it.each(tables)('lists what the local %s does, and nothing else', async (service, file, table) => {
  const page = (await readPages()).find(({ path }) => path === 'docs/local-runtime.md');
  if (page === undefined) throw new Error('docs/local-runtime.md is missing');
  const [, listed = ''] = tableBelow(page, 'Services').find(([name]) => name === service) ?? [];
  const operations = await keysOf(file, table);
  expect(operations).not.toEqual([]);
  // Cognito's sign-in pages stand behind its operations, after a semicolon.
  const named = [...(listed.split('; sign-in')[0] ?? '').matchAll(/\b[A-Z][A-Za-z0-9]+\b/g)].map(([name]) => name);
  expect(named.toSorted()).toEqual([...operations].toSorted());
});
