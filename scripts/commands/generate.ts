import { writeGenerated } from '../generate/main.ts';

for (const path of await writeGenerated()) {
  process.stdout.write(`wrote ${path}\n`);
}
