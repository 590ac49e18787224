import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockHome } from '../../../local/boot/home-lock.ts';
import { openHome, settleSimulator } from '../../../local/boot/home-state.ts';
import { StartError } from '../../../local/boot/start-error.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'conext-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

it('lets one system at a time use a home', () => {
  const lock = lockHome(home);
  expect(() => lockHome(home)).toThrow(`Conext Ads already runs on ${home} (process ${process.pid})`);
  lock.release();
  lockHome(home).release();
});

it.each([
  ['a process that is gone', { pid: 2 ** 22 + 1, startedAt: '1' }],
  ['a process whose number another one has now', { pid: process.pid, startedAt: '1' }],
])('takes over the lock of %s', (_, holder) => {
  writeFileSync(join(home, 'lock'), JSON.stringify(holder));
  const lock = lockHome(home);
  expect(JSON.parse(readFileSync(join(home, 'lock'), 'utf8')).pid).toBe(process.pid);
  lock.release();
});

it('takes over a lock that was left half written', () => {
  writeFileSync(join(home, 'lock'), '{"pid":');
  expect(() => lockHome(home)).not.toThrow();
});

it('keeps workspace and passwords from one start to the next', () => {
  const first = openHome(home).state;
  expect(openHome(home).state).toEqual(first);
  expect(first.workspaceId).toMatch(/^wsp_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(new Set(Object.values(first.passwords)).size).toBe(4);
});

it('refuses a home of another layout', () => {
  const held = openHome(home);
  held.state.layout = 0;
  held.save();
  expect(() => openHome(home)).toThrow(StartError);
});

it('stays with the market a home was loaded from', () => {
  const held = openHome(home);
  expect(settleSimulator(held, home, { seed: undefined, days: undefined })).toEqual({ seed: 1, days: 90 });
  held.state.simulator = { seed: 7, days: 30 };
  expect(settleSimulator(held, home, { seed: undefined, days: 30 })).toEqual({ seed: 7, days: 30 });
  expect(() => settleSimulator(held, home, { seed: 8, days: undefined })).toThrow('was loaded with CONEXT_SIM_SEED=7');
});
