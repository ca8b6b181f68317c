/**
 * What 13.2 exports and 12.4.0 does not: it compiles, and is `undefined` in the older Grafana. Types are not imported at run time.
 * A test compares it with the packages of both versions (src/missingNames.test.ts).
 */
export const MISSING_IN_12_4 = {
  '@grafana/ui':
    'PageLoader QueryInput useFieldMatchersOptions MatcherScopeSelector buildScopeOptions FieldContext useFieldContext CloseButton DEFAULT_VIZ_TOOLTIP_COLOR_INDICATOR VizTooltipColorIndicator VizTooltipColorPlacement VizTooltipContent VizTooltipFooter VizTooltipHeader VizTooltipRow VizTooltipWrapper getFieldDisplayItems getFieldDisplayLinks isTooltipScrollable getUniqueMatcherScopes useSidebarContext',
  '@grafana/runtime':
    'MAX_PAGE_URL_LENGTH TRUNCATION_MARKER onInteraction TracedError getPanelScreenshotService setPanelScreenshotService isAppPluginEnabled useAppPluginEnabled createOpenFeatureLocalStorageProvider createOpenFeatureOFREPWebProvider getJourneyTracker onJourneyInstance registerJourneyTriggers',
  '@grafana/data':
    'isNestedPanelOptions FIELD_NAME_FACET_KEY extractFacetedLabels resolveFacetedFilterNames generateUUID isUUID guessBrowserTimeZone',
  // React tells its names only when it runs: those that an application may use.
  react:
    'use useActionState useOptimistic useEffectEvent Activity ViewTransition addTransitionType cache cacheSignal captureOwnerStack',
};
