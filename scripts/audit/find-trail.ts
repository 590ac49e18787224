import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import {
  type AuditEntry,
  type AuditVerification,
  auditEntry,
  auditVerification,
} from '../../contracts/schemas/audit.ts';
import { type ChainHead, chainVerifier } from '../../domain/audit/chain.ts';

const localJson = z.object({
  apiUrl: z.string(),
  tokenUrl: z.string(),
  workspaceId: z.string(),
  clients: z.record(
    z.string(),
    z.object({ clientId: z.string(), clientSecret: z.string(), scopes: z.array(z.string()) }),
  ),
});

/** The running system on this machine, asked over its own API. */
export async function verifyLocal(home: string, noted: ChainHead | undefined): Promise<AuditVerification> {
  const text = await readFile(`${home}/local.json`, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error('The system does not run on this machine (npm start).');
  const { apiUrl, tokenUrl, clients } = z.parse(localJson, JSON.parse(text));
  const client = Object.values(clients).find(({ scopes }) => scopes.some((scope) => scope.endsWith('/audit.read')));
  if (client === undefined) throw new Error(`No machine client in ${home}/local.json may read the audit trail.`);
  const grant = await answerOf(
    await fetch(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: client.scopes.join(' ') }),
    }),
    z.object({ access_token: z.string() }),
  );
  const query =
    noted === undefined ? '' : `?${new URLSearchParams({ sequence: String(noted.sequence), hash: noted.hash })}`;
  return answerOf(
    await fetch(`${apiUrl}/v1/audit/verification${query}`, {
      headers: { authorization: `Bearer ${grant.access_token}` },
    }),
    auditVerification,
  );
}

/** A deployed stage, read with the operator's own permissions from the state table itself. */
export async function verifyDeployed(
  where: {
    readonly stage: string;
    readonly region: string;
    readonly profile: string | undefined;
    readonly workspace: string;
  },
  noted: ChainHead | undefined,
): Promise<AuditVerification> {
  // AWS's clients take a while to load; the other ways do without.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { GetFunctionConfigurationCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const { createAuditStore } = await import('../../adapters/stores/audit-store.ts');
  const { createStores } = await import('../../adapters/stores/stores.ts');
  const { Table } = await import('../../adapters/stores/table.ts');
  const { region, profile } = where;
  const client = { region, ...(profile === undefined ? {} : { profile }), maxAttempts: 3 };
  const name = `conext-${where.stage}-gateway-browse-audit`;
  const { Environment } = await new LambdaClient(client).send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
  );
  const table = Environment?.Variables?.STATE_TABLE;
  if (table === undefined) throw new Error(`${name} names no state table; deploy the stage again.`);
  const stores = createStores(new Table(table, new DynamoDBClient(client)), { audit: createAuditStore });
  return stores.forWorkspace(where.workspace).audit.verify(noted);
}

/** An export as JSON lines, on this machine alone. Its last line is taken for the head: what is missing after it is not seen. */
export async function verifyFile(
  file: string,
  workspace: string,
  noted: ChainHead | undefined,
): Promise<AuditVerification> {
  const verifier = chainVerifier(workspace);
  let head: ChainHead = { sequence: 0, hash: '0'.repeat(64) };
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text.trim() === '') continue;
    const entry = entryOf(text);
    // An export has no places of its own: a line stands where it says, unless that cannot be.
    const place = entry === undefined || entry.sequence <= head.sequence ? head.sequence + 1 : entry.sequence;
    verifier.next({ place, entry }, noted?.sequence);
    head = { sequence: place, hash: entry?.hash ?? head.hash };
  }
  return verifier.end(head, noted);
}

function entryOf(text: string): AuditEntry | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return auditEntry.safeParse(found).success ? (found as AuditEntry) : undefined;
  } catch {
    return undefined;
  }
}

async function answerOf<S extends z.ZodMiniType>(response: Response, schema: S): Promise<z.output<S>> {
  if (!response.ok) throw new Error(`${new URL(response.url).pathname} answered ${response.status}.`);
  return schema.parse(await response.json());
}
