import { build } from '../build.ts';

await build((doing) => process.stdout.write(`${doing} …\n`));
