import { createApiEvents } from './events/apiEvents';
import { createEngineEvents } from './events/engineEvents';
import { createForwardEvents } from './events/forwardEvents';
import { createInferenceEvents } from './events/inferenceEvents';
import { createMonitorEvents } from './events/monitorEvents';
import { createProcessEvents } from './events/processEvents';
import { createReceiveEvents } from './events/receiveEvents';
import { createRedactEvents } from './events/redactEvents';
import { createRecordEvents } from './events/recordEvents';
import { createSecurityEvents } from './events/securityEvents';
import { createStoreEvents } from './events/storeEvents';
import type { Instruments } from './instruments';

/**
 * The catalogue: everything worth telling that happens in the service, by name. An event decides its own log line and
 * metrics, so that the code around it says only what happened. Told per request, block or run, never per record;
 * whatever is lost is told with count and reason.
 *
 * A room declares the few events it needs as a small interface of its own and is handed the whole catalogue.
 */
export const createEvents = (instruments: Instruments, version: string) => ({
  ...createReceiveEvents(instruments),
  ...createRedactEvents(instruments),
  ...createSecurityEvents(instruments),
  ...createInferenceEvents(instruments),
  ...createRecordEvents(instruments),
  ...createStoreEvents(instruments),
  ...createForwardEvents(instruments),
  ...createEngineEvents(instruments),
  ...createMonitorEvents(instruments),
  ...createApiEvents(instruments),
  ...createProcessEvents(instruments, version),
});

export type Events = ReturnType<typeof createEvents>;
