import { serveTask } from '../process/childTask';
import { startDiscardProxy } from './discardProxy';

/** The discarding endpoint as a process of its own: told the engine's URL, it answers with its own. */
serveTask(async (engineUrl: string): Promise<string> => (await startDiscardProxy(engineUrl)).url);
