/** A target invoker that keeps what it is given, fails as told, and lets tests wait for deliveries. */
import { AwsError, type DeliverySource, type TargetInvoker } from '../../../local/ports.ts';

export interface Delivered {
  readonly targetArn: string;
  readonly input: unknown;
  readonly roleArn: string | undefined;
  readonly source: DeliverySource | undefined;
}

export class TargetRecorder implements TargetInvoker {
  readonly delivered: Delivered[] = [];
  /** Error code per target ARN. */
  readonly failing = new Map<string, string>();
  attempts = 0;

  async deliver(
    targetArn: string,
    input: unknown,
    roleArn: string | undefined,
    source?: DeliverySource,
  ): Promise<void> {
    this.attempts += 1;
    const code = this.failing.get(targetArn);
    if (code !== undefined) throw new AwsError(code, `${targetArn} fails`);
    this.delivered.push({ targetArn, input, roleArn, source });
  }

  async until(count: number): Promise<readonly Delivered[]> {
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      if (this.delivered.length >= count) return this.delivered;
      await new Promise((later) => setTimeout(later, 5));
    }
    throw new Error(`Only ${this.delivered.length} of ${count} deliveries came.`);
  }
}
