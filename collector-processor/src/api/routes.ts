import type { Clock } from '../core/clock';
import type { BlockEvents } from '../store/block';
import { createSurrogates } from './explanations/surrogates';
import type { RegistryCache } from './registry/registryCache';
import type { Route } from './route';
import { alertEventsRoute } from './routes/alertEvents';
import { auditRoute } from './routes/audit';
import { backtestRoute } from './routes/backtest';
import { baselinesRoute, changeBaselineRoutes, createBaselineRoute } from './routes/baselines';
import { compareRoute } from './routes/compare';
import { importanceRoute, waterfallRoute } from './routes/explanations';
import { feedbackRoute } from './routes/feedback';
import { importBaselineRoute } from './routes/importBaseline';
import { labelsRoute } from './routes/labels';
import { annotationsRoute, deploymentsRoute } from './routes/modelEvents';
import { modelByQueryRoute, modelRoute, modelsRoute } from './routes/models';
import { predictionByQueryRoute, predictionRoute } from './routes/predictions';
import { checkListRoute, registryRoute } from './routes/registryRead';
import { metadataRoute, rollbackRoute, stageRoute } from './routes/registryWrite';

export interface RouteParts {
  readonly events: BlockEvents;
  readonly registry: RegistryCache;
  readonly clock: Clock;
}

/** Everything that can be asked for under `/api/v1`. A new route is a file in `routes/` and a line here. */
export function createRoutes({ events, registry, clock }: RouteParts): readonly Route[] {
  const surrogates = createSurrogates(clock);
  return [
    labelsRoute(events),
    feedbackRoute(events),
    modelsRoute({ registry, clock }),
    modelRoute({ registry, clock }),
    modelByQueryRoute({ registry, clock }),
    registryRoute,
    checkListRoute,
    stageRoute(registry),
    rollbackRoute(registry),
    metadataRoute(registry),
    deploymentsRoute,
    annotationsRoute,
    alertEventsRoute,
    backtestRoute(clock),
    baselinesRoute,
    createBaselineRoute,
    importBaselineRoute,
    ...changeBaselineRoutes,
    compareRoute,
    auditRoute,
    predictionRoute,
    predictionByQueryRoute,
    importanceRoute(surrogates, clock),
    waterfallRoute(surrogates),
  ];
}
