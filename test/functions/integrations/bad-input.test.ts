import { platformsUnderTest } from '../../platforms/platforms-under-test.ts';
import { describeBadInput } from './bad-input.ts';

for (const { id } of platformsUnderTest) describeBadInput(id);
