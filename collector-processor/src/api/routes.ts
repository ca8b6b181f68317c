import type { BlockEvents } from '../store/block';
import type { Route } from './route';
import { auditRoute } from './routes/audit';
import { feedbackRoute } from './routes/feedback';
import { labelsRoute } from './routes/labels';
import { modelByQueryRoute, modelRoute, modelsRoute } from './routes/models';

/** Everything that can be asked for under `/api/v1`. A new route is a file in `routes/` and a line here. */
export const createRoutes = (events: BlockEvents): readonly Route[] => [
  labelsRoute(events),
  feedbackRoute(events),
  modelsRoute,
  modelRoute,
  modelByQueryRoute,
  auditRoute,
];
