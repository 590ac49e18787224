import type { Money } from '../../../contracts/schemas/changes.ts';
import type { PlatformError } from '../../../domain/integrations/platform.ts';
import type { PlatformWriter, PresentObject } from '../../../domain/integrations/platform-writer.ts';

type Settable = Partial<Omit<PresentObject, 'address'>>;

/** A platform that keeps what it is told and answers what it keeps. */
export function paperPlatform() {
  const objects = new Map<string, Settable>();
  const acts: string[] = [];
  let trouble: PlatformError | undefined;
  let ids = 900;
  const check = (): void => {
    if (trouble !== undefined) throw trouble;
  };
  const writer: PlatformWriter = {
    async present(_account, address) {
      check();
      const held = objects.get(address.platformId);
      return (
        held && {
          address,
          name: `on platform ${address.platformId}`,
          status: 'enabled',
          dailyBudget: null,
          bidding: null,
          targeting: null,
          serving: null,
          ...held,
        }
      );
    },
    async made(_account, creation) {
      check();
      const found = [...objects].find(([, one]) => one.name === creation.name && one.status !== 'removed');
      return found && { platformId: found[0], platformRequestId: null };
    },
    async apply(_account, operation) {
      check();
      acts.push(operation.do);
      if (!('target' in operation)) {
        ids += 1;
        objects.set(String(ids), { name: operation.name, status: 'paused' });
        return { platformId: String(ids), platformRequestId: `call-${acts.length}` };
      }
      const { platformId } = operation.target;
      const changes: Settable =
        operation.do === 'set-status'
          ? { status: operation.status }
          : operation.do === 'set-daily-budget'
            ? { dailyBudget: operation.dailyBudget }
            : operation.do === 'rename'
              ? { name: operation.name }
              : operation.do === 'remove'
                ? { status: 'removed' }
                : {};
      objects.set(platformId, { ...objects.get(platformId), ...changes });
      return { platformId, platformRequestId: `call-${acts.length}` };
    },
  };
  return {
    writer,
    /** Everything it was asked to do, in order. */
    acts,
    objects,
    put: (platformId: string, held: Settable) => objects.set(platformId, { ...objects.get(platformId), ...held }),
    /** Answers this to every call; nothing again without one. */
    fail: (error?: PlatformError) => {
      trouble = error;
    },
  };
}

export const euros = (amount: number): Money => ({ micros: Math.round(amount * 1_000_000), currency: 'EUR' });
