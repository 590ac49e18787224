import type { LaunchInput } from '../../../contracts/generation.ts';
import { prepareLive, recordLive } from './go-live.ts';
import { type LaunchPorts, prepareLaunch, recordLaunch } from './launch-campaigns.ts';

/** The step that the state machine names. */
export function launchStep(ports: LaunchPorts, input: LaunchInput): Promise<unknown> {
  switch (input.action) {
    case 'prepare':
      return prepareLaunch(ports, input);
    case 'record':
      return recordLaunch(ports, input);
    case 'enable':
      return prepareLive(ports, input);
    case 'record-live':
      return recordLive(ports, input);
  }
}
