import { describe, expect, it } from 'vitest';
import { createPlatformTurns } from '../../../../functions/integrations/apply-changes/platform-turns.ts';

/** Tasks that end when they are told to, and a note of each that began. */
function desk() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => (): Promise<string> => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, task, end: (name: string) => ends.get(name)?.() };
}

describe('turns at the platforms', () => {
  it('gives so many of a platform at a time and keeps the others in line', async () => {
    const { begun, task, end } = desk();
    const takeTurn = createPlatformTurns(2);
    const all = ['a', 'b', 'c', 'd'].map((name) => takeTurn('tiktok-ads', 'change', task(name)));
    expect(begun).toEqual(['a', 'b']);
    end('b');
    await all[1];
    await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  });

  it('holds up no platform for another', () => {
    const { begun, task } = desk();
    const takeTurn = createPlatformTurns(1);
    void takeTurn('tiktok-ads', 'change', task('slow'));
    void takeTurn('tiktok-ads', 'change', task('waits'));
    void takeTurn('google-ads', 'change', task('goes on'));
    expect(begun).toEqual(['slow', 'goes on']);
  });

  it('lets a small change in between the operations of a large one', async () => {
    const { begun, task, end } = desk();
    const takeTurn = createPlatformTurns(1);
    for (const name of ['large 1', 'large 2', 'large 3']) void takeTurn('tiktok-ads', 'large', task(name));
    void takeTurn('tiktok-ads', 'small', task('small'));
    for (const name of ['large 1', 'large 2', 'small', 'large 3']) {
      await expect.poll(() => begun.at(-1)).toBe(name);
      end(name);
    }
  });

  it('goes on after one that fails, and tells its caller alone', async () => {
    const takeTurn = createPlatformTurns(1);
    const failing = takeTurn('tiktok-ads', 'change', () => Promise.reject(new Error('the table is away')));
    const next = takeTurn('tiktok-ads', 'change', async () => 'done');
    await expect(failing).rejects.toThrow('the table is away');
    expect(await next).toBe('done');
  });
});
