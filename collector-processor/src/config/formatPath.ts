/** Writes a path as people read it: `receive.tokens[0].token`. */
export const formatPath = (path: readonly PropertyKey[]): string => {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? String(step) : `.${String(step)}`;
  }
  return text;
};
