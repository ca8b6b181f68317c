const OPENING = new Set(['if', 'range', 'with', 'define', 'block']);

/** The first word of each action `{{ … }}` of a Go template; undefined where one is not closed. */
const actionsOf = (template: string): string[] | undefined => {
  const actions: string[] = [];
  let at = template.indexOf('{{');
  while (at >= 0) {
    const end = template.indexOf('}}', at);
    if (end < 0) return undefined;
    const inside = template
      .slice(at + 2, end)
      .replace(/^-\s|\s-$/g, '')
      .trim();
    if (inside.includes('{{')) return undefined;
    actions.push(/^\w+|/.exec(inside)?.[0] ?? '');
    at = template.indexOf('{{', end);
  }
  return actions;
};

/** What is wrong with the blocks of a Go template, for Grafana does not start with one that cannot be read. */
export function templateProblem(template: string): string | undefined {
  const actions = actionsOf(template);
  if (actions === undefined) return 'an action {{ is not closed';
  let depth = 0;
  for (const action of actions) {
    if (OPENING.has(action)) depth++;
    if (action === 'end') depth--;
    if (depth < 0) return '{{ end }} without a block';
  }
  return depth === 0 ? undefined : 'a block has no {{ end }}';
}
