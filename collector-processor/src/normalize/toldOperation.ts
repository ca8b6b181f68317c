import { NO_CALL, type Operation, operationOf } from './operations';
import { isTold, type List } from './readField';

/**
 * The operation by the first word that is known. Without one, a list that names a model tells a call of it if it also has
 * usage or is told by the client of something remote; a word that we do not know is kept as the operation's name.
 */
export function toldOperation(list: List, isClient: boolean): Operation {
  const { plan } = list.shape;
  let unknown = '';
  for (const field of plan.operations) {
    const word = list.text(plan.first[field]!);
    if (!isTold(word)) continue;
    const operation = operationOf(field, word);
    if (operation !== undefined) return operation;
    if (unknown === '') unknown = word;
  }
  const isCall = plan.hasModel && (plan.hasUsage || isClient);
  return isCall ? { name: unknown, sort: 'leaf' } : NO_CALL;
}
