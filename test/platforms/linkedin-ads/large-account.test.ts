import { describeLargeAccount } from '../large-account.ts';
import { underTest } from '../platforms-under-test.ts';

describeLargeAccount(underTest('linkedin-ads'));
