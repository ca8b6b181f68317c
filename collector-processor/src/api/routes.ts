import type { BlockEvents } from '../store/block';
import type { Route } from './route';
import { auditRoute } from './routes/audit';
import { baselinesRoute, changeBaselineRoutes, createBaselineRoute } from './routes/baselines';
import { compareRoute } from './routes/compare';
import { feedbackRoute } from './routes/feedback';
import { importBaselineRoute } from './routes/importBaseline';
import { labelsRoute } from './routes/labels';
import { modelByQueryRoute, modelRoute, modelsRoute } from './routes/models';

/** Everything that can be asked for under `/api/v1`. A new route is a file in `routes/` and a line here. */
export const createRoutes = (events: BlockEvents): readonly Route[] => [
  labelsRoute(events),
  feedbackRoute(events),
  modelsRoute,
  modelRoute,
  modelByQueryRoute,
  baselinesRoute,
  createBaselineRoute,
  importBaselineRoute,
  ...changeBaselineRoutes,
  compareRoute,
  auditRoute,
];
