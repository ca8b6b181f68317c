import {
  type PanelPlugin,
  PanelOptionsEditorBuilder,
  standardEditorsRegistry,
} from '@grafana/data';
import { markTranslated } from './shared/translated';
import { plugin as alerts } from './panels/alerts/module';
import { plugin as drift } from './panels/drift/module';
import { plugin as explain } from './panels/explain/module';

const mockTranslate = jest.fn((_key: string, english: string) => english);
jest.mock('./shared/t', () => ({
  t: (key: string, english: string) => mockTranslate(key, english),
}));

/** Editors are Grafana's; which there are is all that the options need here. */
standardEditorsRegistry.setInit(() =>
  ['boolean', 'number', 'radio', 'select'].map((id) => ({ id, name: id, editor: () => null })),
);

const optionsOf = (
  plugin: PanelPlugin,
): { readonly name: string; readonly settings?: unknown }[] => {
  const builder = new PanelOptionsEditorBuilder<object>();
  plugin.getPanelOptionsSupplier()(builder as never, { data: [] });
  return builder.getItems();
};

const labelsOf = (settings: unknown): readonly string[] => {
  const { options = [] } = (settings ?? {}) as { options?: readonly { label: string }[] };
  return options.map(({ label }) => label);
};

/** In this order: texts are loaded once, and never unloaded. */
describe('options of the nested panels', () => {
  const plugins = { alerts, drift, explain } as unknown as Readonly<Record<string, PanelPlugin>>;

  it.each(Object.keys(plugins))('of %s ask for no text before texts are loaded', (name) => {
    expect(optionsOf(plugins[name]!).length).toBeGreaterThan(1);
    expect(mockTranslate).not.toHaveBeenCalled();
  });

  it.each(Object.keys(plugins))('of %s are all named afterwards', (name) => {
    markTranslated();
    for (const { name: title, settings } of optionsOf(plugins[name]!))
      expect([title, ...labelsOf(settings)]).not.toContain('');
  });
});
