import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs a tool of node_modules/.bin as the rest of this command and exits as it does. */
export async function finish(root: string, tool: string, args: readonly string[]): Promise<never> {
  const child = spawn(join(root, 'node_modules', '.bin', tool), args, { cwd: root, stdio: 'inherit' });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject).on('exit', (status) => resolve(status ?? 1));
  });
  process.exit(code);
}
