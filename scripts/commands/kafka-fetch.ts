import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fetches the jars of one Kafka broker for test/local/kafka, from Maven Central through Maven: 45 files, 45 MB. */
const folder = join(import.meta.dirname, '..', '..', '.cache', 'kafka');
const limitMs = 10 * 60_000;
const checksumsFile = join(import.meta.dirname, '..', 'kafka', 'jars.sha256');

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>conext</groupId>
  <artifactId>kafka-broker</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>4.1.0</version></dependency>
  </dependencies>
</project>
`;

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const expected = new Map(
  readFileSync(checksumsFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [digest = '', name = ''] = line.split(/\s+/);
      return [name, digest];
    }),
);
const fresh = join(folder, 'jars.new');
rmSync(fresh, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'pom.xml'), pom);
try {
  execFileSync(
    'mvn',
    ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fresh}`],
    { cwd: folder, timeout: limitMs, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
} catch (error) {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  fail(
    missing
      ? 'Maven (mvn) is not installed: it fetches the jars. On Debian: apt-get install maven.'
      : `Maven could not fetch the jars: ${error instanceof Error ? error.message : String(error)}`,
  );
}
const names = readdirSync(fresh);
const wrong = [
  ...[...expected.keys()].filter((name) => !names.includes(name)),
  ...names.filter(
    (name) =>
      createHash('sha256')
        .update(readFileSync(join(fresh, name)))
        .digest('hex') !== expected.get(name),
  ),
];
if (wrong.length > 0) {
  rmSync(fresh, { recursive: true, force: true });
  fail(`These are not the files of scripts/kafka/jars.sha256: ${wrong.join(', ')}. Nothing was kept.`);
}
rmSync(join(folder, 'jars'), { recursive: true, force: true });
renameSync(fresh, join(folder, 'jars'));
process.stdout.write(`${names.length} jars are in .cache/kafka/jars.\n`);
