import { describe, expect, it } from 'vitest';
import { oneAfterAnother } from '../../adapters/in-turn.ts';

describe('tasks one after another', () => {
  it('start when the one before is over, and answer their own callers', async () => {
    const inTurn = oneAfterAnother();
    const log: string[] = [];
    const task = (name: string) => async (): Promise<string> => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([inTurn(task('a')), inTurn(task('b'))])).toEqual(['a', 'b']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('go on after one that failed, of which its own caller hears', async () => {
    const inTurn = oneAfterAnother();
    const failing = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
