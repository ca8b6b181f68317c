import { readFile } from 'node:fs/promises';
import { messageOf } from './core/errors';
import type { ModelContract } from './core/contract';
import { readContracts } from './enrich/quality/readContracts';

/** The contracts of all files of `quality.contracts`. Rejects with every error of every file. */
export async function configuredContracts(paths: readonly string[]): Promise<ModelContract[]> {
  const problems: string[] = [];
  const contracts: ModelContract[] = [];
  for (const path of paths) {
    try {
      const read = readContracts(await readFile(path, 'utf8'));
      if (read.ok) contracts.push(...read.models);
      else problems.push(...read.errors.map((error) => `${path}: ${error}`));
    } catch (error) {
      problems.push(`${path}: ${messageOf(error)}`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return contracts;
}
