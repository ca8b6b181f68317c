import { serveTask } from '../bench/process/childTask';
import { startNaiveServer } from './startNaiveServer';

/** The baseline as a process of its own: told ClickHouse's URL, it answers with its gRPC address. */
serveTask(async (clickhouseUrl: string): Promise<string> => {
  const server = await startNaiveServer(clickhouseUrl);
  return server.address;
});
