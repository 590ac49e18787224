import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStageSettings } from '../../lib/stage-settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conext-stage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the settings of a stage', () => {
  it('are nothing while the stage has no file', () => {
    expect(readStageSettings('prod', folder)).toBe('{}');
  });

  it('are the file’s values', () => {
    writeFileSync(join(folder, 'test.json'), '{ "lookBack.tiktok-ads.days": 14 }');
    expect(readStageSettings('test', folder)).toBe('{"lookBack.tiktok-ads.days":14}');
  });

  it('stop a deployment with everything that is wrong', () => {
    writeFileSync(
      join(folder, 'bad.json'),
      '{ "lookBack.tiktok-ads.days": "14", "typo": 1, "rateLevel.tiktok-ads": 3 }',
    );
    expect(() => readStageSettings('bad', folder)).toThrow(
      /^settings\/bad\.json cannot be used:\n {2}lookBack\.tiktok-ads\.days must be .*\n {2}typo is not a setting\n {2}rateLevel\.tiktok-ads must be /,
    );
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(() => readStageSettings('broken', folder)).toThrow('must be a JSON object');
  });
});
