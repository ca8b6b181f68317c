import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly html: string }[];
}

const SERIOUS = ['serious', 'critical'];

/** Pickers of Grafana itself with what is in them, which no plugin can mend; told by their test ids. */
const OF_GRAFANA = ['RefreshPicker', 'TimePicker'].map((name) => [
  `[data-testid^="data-testid ${name} "]`,
]);

/** Runs axe in the page; each violation as `rule: help at selector (element)`. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run({ exclude: ${JSON.stringify(OF_GRAFANA)} }, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact !== null && SERIOUS.includes(impact))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help} at ${target.join(' ')} (${html})`),
    );
}
