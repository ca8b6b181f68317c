/** `deployment.environment.name` of everything that the demo sends. */
export const DEMO_ENVIRONMENT = 'demo';
/** How long past traffic reaches back, days. */
export const HISTORY_DAYS = 14;
/** The first days of it, which baselines are made of. */
export const REFERENCE_DAYS = 7;
