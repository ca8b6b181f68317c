// Prints what Grafana's webhook contact point sends, as a person would read it. For looking, not for production.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    try {
      const { status, title, message } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      console.log(`${new Date().toISOString()} ${status}: ${title}\n${message}`);
      response.writeHead(204).end();
    } catch (error) {
      console.log(`not a webhook of Grafana: ${error}`);
      response.writeHead(400).end();
    }
  });
});
server.listen(Number(process.env.PORT ?? 8080), () => {
  console.log(`waiting for alerts on port ${server.address().port}`);
});
// Process 1 of a container has no default handler for it.
process.on('SIGTERM', () => process.exit(0));
