import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions, capabilities } from '../../scripts/build-functions.ts';

describe('a function’s bundle', () => {
  let out: string;
  beforeAll(async () => {
    out = join(await mkdtemp(join(tmpdir(), 'conext-pure-')), 'functions');
    await bundleFunctions(
      capabilities().filter(({ name }) => name === 'gateway-describe-session'),
      out,
    );
  });
  afterAll(() => rm(dirname(out), { recursive: true, force: true }));

  const code = async (): Promise<string> => {
    const folder = join(out, 'gateway-describe-session');
    const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs'));
    return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
  };

  it('has the schemas of the routes it answers', async () => {
    expect(await code()).toContain('Who is asking, and in which workspace');
  });

  it('has no schema that only other functions use', async () => {
    const text = await code();
    expect(text).not.toContain('MetricsAnswer');
    expect(text).not.toContain('CampaignPage');
    expect(text).not.toContain('What to load; an empty object');
  });
});
