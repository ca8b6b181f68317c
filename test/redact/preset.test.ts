import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../collector-processor/src/config/loadConfig';
import { REDACT_KINDS } from '../../collector-processor/src/core/redaction';

const page = readFileSync(join(__dirname, '../../docs/redaction.md'), 'utf8');

test('the set of rules in the documentation is a configuration', () => {
  const yaml = /```yaml\n([^]*?)```/.exec(page)![1]!;
  const loaded = loadConfig({
    path: 'c.yaml',
    env: {},
    readFile: (path) => (path === 'c.yaml' ? yaml : 'a key of many characters'),
  });
  expect(loaded).toMatchObject({ status: 'ok' });
  if (loaded.status === 'ok') expect(loaded.config.redact.rules).toHaveLength(6);
});

test.each(REDACT_KINDS)('the documentation has %s', (kind) => {
  expect(page).toContain(`\`${kind}\``);
});
