import { attentionOf } from './attention';
import { type FleetModel, fleetModelsOf } from './fleetModel';
import type { FleetItem } from './fleetView';

export const NOW_MS = Date.UTC(2026, 10, 20, 12);

/** A model without any finding. */
export const CALM = fleetModelsOf({
  models: [
    {
      tenant: 'default',
      environment: 'prod',
      model: 'fraud',
      version: '3',
      last_seen_ms: NOW_MS - 1000,
      requests_24h: 1000,
      errors_24h: 1,
      status: 'ok',
    },
  ],
  currencies: [],
  drift: [],
  quality: [],
  performance: [],
})[0]!;

export const itemOf = (model: Partial<FleetModel>): FleetItem => {
  const whole = { ...CALM, ...model, key: JSON.stringify([model.model, model.version]) };
  return { model: whole, attention: attentionOf(whole, NOW_MS) };
};
