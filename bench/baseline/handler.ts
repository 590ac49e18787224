import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The least a function with state can be: what every bundle is measured against. */
export const handler = async (): Promise<unknown> =>
  await client.send(
    new GetItemCommand({ TableName: process.env.STATE_TABLE ?? '', Key: { pk: { S: 'a' }, sk: { S: 'b' } } }),
  );
