import { type ComponentType, lazy, Suspense } from 'react';

/**
 * A component that is loaded, with the texts it shows, when it is first drawn. Nothing is awaited at the top of a module:
 * Grafana's frontend sandbox would then not see what the module exports, and every size would read as 0.
 */
export const lazyTranslated = <Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): ComponentType<Props> => {
  const Lazy = lazy(async () => {
    const { loadTranslations } = await import('./loadTranslations');
    const [component] = await Promise.all([load(), loadTranslations()]);
    return component;
  }) as unknown as ComponentType<Props>;
  const Translated = (props: Props) => (
    <Suspense fallback={null}>
      <Lazy {...props} />
    </Suspense>
  );
  return Translated;
};
