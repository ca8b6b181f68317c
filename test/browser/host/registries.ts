import {
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldConfigProperty,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

type FieldItems = Parameters<typeof standardFieldConfigEditorRegistry.setInit>[0];
type TransformerItems = Parameters<typeof standardTransformersRegistry.setInit>[0];

const EDITORS = [
  'text',
  'number',
  'boolean',
  'select',
  'radio',
  'color',
  'slider',
  'unit',
  'multi-select',
  'stats-picker',
  'field-name',
  'string-array',
];

/** How a standard field option takes effect, and what it is when nothing is set; the host shows no editors. */
const STANDARD: readonly (readonly [FieldConfigProperty, string, unknown, unknown?])[] = [
  [FieldConfigProperty.Unit, 'unit', unitOverrideProcessor],
  [FieldConfigProperty.Min, 'min', numberOverrideProcessor],
  [FieldConfigProperty.Max, 'max', numberOverrideProcessor],
  [FieldConfigProperty.Decimals, 'decimals', numberOverrideProcessor],
  [FieldConfigProperty.DisplayName, 'displayName', displayNameOverrideProcessor],
  [FieldConfigProperty.Color, 'color', identityOverrideProcessor, { mode: 'palette-classic' }],
  [FieldConfigProperty.NoValue, 'noValue', identityOverrideProcessor],
  [FieldConfigProperty.Links, 'links', dataLinksOverrideProcessor],
  [FieldConfigProperty.Mappings, 'mappings', valueMappingsOverrideProcessor, []],
  [
    FieldConfigProperty.Thresholds,
    'thresholds',
    thresholdsOverrideProcessor,
    { mode: 'absolute', steps: [{ value: -Infinity, color: 'green' }] },
  ],
];

/** Fills the registries that Grafana's server-side bundle fills: field options, editors, transformations. */
export function fillRegistries(): void {
  standardFieldConfigEditorRegistry.setInit((() =>
    STANDARD.map(([id, path, process, defaultValue]) => ({
      ...{ id, path, process, defaultValue, name: id, description: '', settings: {} },
      editor: () => null,
      override: () => null,
      shouldApply: () => true,
      category: ['Standard options'],
    }))) as unknown as FieldItems);
  standardEditorsRegistry.setInit(() =>
    EDITORS.map((id) => ({ id, name: id, editor: () => null })),
  );
  standardTransformersRegistry.setInit((() =>
    Object.values(standardTransformers).map((transformation) => ({
      ...{ id: transformation.id, name: transformation.name, description: '', transformation },
      editor: () => null,
    }))) as unknown as TransformerItems);
}
