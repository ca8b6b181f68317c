import alerts from './alerts.json';
import app from './app.json';
import charts from './charts.json';
import drift from './drift.json';
import explain from './explain.json';
import extensions from './extensions.json';
import fleet from './fleet.json';
import health from './health.json';
import model from './model.json';
import modelCost from './modelCost.json';
import modelLineage from './modelLineage.json';
import modelTraces from './modelTraces.json';
import modelVersions from './modelVersions.json';
import panels from './panels.json';
import performance from './performance.json';
import quality from './quality.json';
import registry from './registry.json';
import setup from './setup.json';
import shared from './shared.json';
import states from './states.json';

export default {
  alerts,
  app,
  charts,
  drift,
  explain,
  extensions,
  fleet,
  health,
  model,
  modelCost,
  modelLineage,
  modelTraces,
  modelVersions,
  panels,
  performance,
  quality,
  registry,
  setup,
  shared,
  states,
};
