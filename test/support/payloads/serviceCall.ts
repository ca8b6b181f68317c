import type { SpanSort } from './spanKinds';

const ROUTES = ['/v1/score', '/v1/chat', '/v1/embed', '/v1/orders/{id}', '/v1/users/{id}/cart'];
const STATUS = [200, 200, 200, 200, 429, 500];

/** An incoming HTTP request; 12 attributes. */
export const httpRequest: SpanSort = (random) => {
  const route = random.pick(ROUTES);
  return {
    name: `POST ${route}`,
    otlpKind: 2,
    inference: false,
    write: (attributes) => {
      attributes.text('http.request.method', 'POST');
      attributes.text('url.path', route.replace('{id}', String(random.below(1e6))));
      attributes.text('url.scheme', 'https');
      attributes.int('http.response.status_code', random.pick(STATUS));
      attributes.text('http.route', route);
      attributes.text('server.address', 'ml-gw.internal');
      attributes.int('server.port', 8443);
      attributes.text(
        'user_agent.original',
        'python-httpx/0.27.0 (CPython 3.12.11; Linux 6.18 x86_64)',
      );
      attributes.text('network.protocol.version', '1.1');
      attributes.text(
        'client.address',
        `10.${random.below(255)}.${random.below(255)}.${random.below(255)}`,
      );
      attributes.int('thread.id', random.below(1e6));
      attributes.text('http.request.id', random.hex(32));
    },
  };
};

/** The same, with what a gateway adds; as many attributes and bytes as an ML span. */
export const gatewayRequest: SpanSort = (random) => {
  const base = httpRequest(random);
  return {
    ...base,
    write: (attributes) => {
      base.write(attributes);
      attributes.int('http.request.body.size', random.below(1e5));
      attributes.int('http.response.body.size', random.below(1e6));
      attributes.text('network.peer.address', `10.${random.below(255)}.${random.below(255)}.7`);
      attributes.text('enduser.id', `user_${random.below(100_000)}`);
      attributes.text('session.id', random.hex(16));
    },
  };
};

const TABLES = ['orders', 'users', 'carts', 'sessions', 'invoices'];

/** A database query. */
export const databaseQuery: SpanSort = (random) => {
  const table = random.pick(TABLES);
  return {
    name: `SELECT shop.${table}`,
    otlpKind: 3,
    inference: false,
    write: (attributes) => {
      attributes.text('db.system.name', 'postgresql');
      attributes.text('db.namespace', 'shop');
      attributes.text('db.collection.name', table);
      attributes.text('db.operation.name', 'SELECT');
      attributes.text(
        'db.query.text',
        `SELECT id, created_at, updated_at, total, currency FROM ${table} WHERE customer_id = $1 AND state = $2 LIMIT 50`,
      );
      attributes.text('db.query.summary', `SELECT ${table}`);
      attributes.int('db.response.returned_rows', random.below(50));
      attributes.double('db.client.wait_time', random.unit() / 10);
      attributes.text('server.address', 'orders-db.internal');
      attributes.int('server.port', 5432);
      attributes.text('network.peer.address', `10.20.${random.below(255)}.${random.below(255)}`);
      attributes.int('network.peer.port', 5432);
      attributes.int('thread.id', random.below(1e6));
      attributes.text('thread.name', `pool-${random.below(32)}`);
      attributes.text('code.function.name', 'shop.orders.repository.find');
      attributes.bool('db.cached', random.unit() < 0.5);
    },
  };
};

const METHODS = ['Reserve', 'Release', 'Quote', 'Ship'];

/** An outgoing remote procedure call. */
export const remoteCall: SpanSort = (random) => {
  const method = random.pick(METHODS);
  return {
    name: `shop.inventory.v1.Inventory/${method}`,
    otlpKind: 3,
    inference: false,
    write: (attributes) => {
      attributes.text('rpc.system', 'grpc');
      attributes.text('rpc.service', 'shop.inventory.v1.Inventory');
      attributes.text('rpc.method', method);
      attributes.int('rpc.grpc.status_code', random.pick([0, 0, 0, 0, 14]));
      attributes.text('server.address', 'inventory.shop.svc.cluster.local');
      attributes.int('server.port', 50_051);
      attributes.text('network.peer.address', `10.30.${random.below(255)}.${random.below(255)}`);
      attributes.text('network.transport', 'tcp');
      attributes.int('rpc.request.size', random.below(4_000));
      attributes.int('rpc.response.size', random.below(40_000));
      attributes.text('rpc.request.id', random.hex(32));
      attributes.int('thread.id', random.below(1e6));
      attributes.text('thread.name', `asyncio_${random.below(8)}`);
      attributes.text('session.id', random.hex(16));
      attributes.text('enduser.id', `user_${random.below(100_000)}`);
      attributes.bool('rpc.retried', random.unit() < 0.1);
      attributes.double('rpc.deadline.seconds', 1 + random.below(10));
    },
  };
};
