import { stringify } from 'yaml';

const HEADER = '# Made by `npm run provisioning`; changes are lost the next time.';

/**
 * A provisioning file. Lines are never folded, so that SQL and templates stay as they are, and nothing is written in braces:
 * `$__file{…}` in there would end Grafana's start. Version 1.1, so that a time like 19:00 is quoted for every reader.
 */
export const yamlFile = (about: string, content: object): string =>
  `${HEADER}\n# ${about.replaceAll('\n', '\n# ')}\n${stringify(content, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' })}`;
