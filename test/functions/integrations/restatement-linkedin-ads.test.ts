import { underTest } from '../../platforms/platforms-under-test.ts';
import { describeRestatement } from './restatement.ts';

describeRestatement(underTest('linkedin-ads'));
