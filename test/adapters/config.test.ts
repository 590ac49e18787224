import { describe, expect, it } from 'vitest';
import { readConfig } from '../../adapters/config.ts';

describe('configuration', () => {
  it('reads the sections asked for and needs no other', () => {
    const config = readConfig(['state', 'aws'], { STATE_TABLE: 'state', AWS_REGION: 'eu-central-1' });
    expect(config).toEqual({ state: { table: 'state' }, aws: { region: 'eu-central-1' } });
  });

  it('tells everything that is wrong at once, by name and never by value', () => {
    const environment = { ETL_STATE_MACHINE_ARN: 'not-an-arn-but-perhaps-a-secret', LAKE_BUCKET: '' };
    const read = () => readConfig(['state', 'lake', 'workflows'], environment);
    expect(read).toThrow('STATE_TABLE is not set; LAKE_BUCKET is not valid; ETL_STATE_MACHINE_ARN is not valid');
    expect(read).not.toThrow('perhaps-a-secret');
  });
});
