import { underTest } from '../platforms-under-test.ts';
import { describeReader } from '../reader-contract.ts';

describeReader(underTest('google-ads'));
