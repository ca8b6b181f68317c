/** @jest-environment node */
import { join } from 'node:path';
import { exportedNames } from '../build/exportedNames.mjs';
import { MISSING_IN_12_4 } from '../build/missingNames.mjs';

const plugin = join(__dirname, '..');
const oldest = join(__dirname, '../../grafana12');

describe('the names that the linter refuses', () => {
  it.each(['@grafana/ui', '@grafana/runtime', '@grafana/data'])(
    'are all that the oldest Grafana lacks of %s',
    (name) => {
      const old = exportedNames(name, oldest);
      const lacking = [...exportedNames(name, plugin)].filter((one) => !old.has(one));
      expect(old.size).toBeGreaterThan(20);
      expect((MISSING_IN_12_4[name] ?? '').split(' ').toSorted()).toEqual(lacking.toSorted());
    },
  );
});
