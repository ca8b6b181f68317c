import { connect } from 'node:net';
import { Counter, Registry } from 'prom-client';
import { createAdminServer, type AdminServer } from './adminServer';

describe('createAdminServer', () => {
  const registry = new Registry();
  new Counter({ name: 'plumbline_test_total', help: 'h', registers: [registry] }).inc(3);
  let reason: string | undefined;
  let server: AdminServer;

  beforeEach(async () => {
    reason = undefined;
    const checks = [{ name: 'store', check: () => reason }];
    server = createAdminServer({ registry, checks }, { host: '127.0.0.1', port: 0 });
    await server.start();
  });
  afterEach(() => server.stop(AbortSignal.timeout(1000)));

  const get = (path: string, init: RequestInit = {}) =>
    fetch(`http://${server.address}${path}`, init);

  it('shows metrics in the Prometheus format', async () => {
    const response = await get('/metrics');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('plumbline_test_total 3');
  });

  it('is alive always, and ready only when all checks are well', async () => {
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' });
    reason = 'connection refused';
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not_ready',
      reasons: [{ name: 'store', reason: 'connection refused' }],
    });
    expect((await get('/healthz')).status).toBe(200);
  });

  it('only answers GET and HEAD, with headers that keep browsers out', async () => {
    const posted = await get('/metrics?x=1', { method: 'POST', body: '{}' });
    expect(posted.status).toBe(405);
    expect(posted.headers.get('allow')).toBe('GET, HEAD');
    expect((await get('/nowhere')).status).toBe(404);
    expect((await get('/healthz', { method: 'HEAD' })).status).toBe(200);
    for (const path of ['/metrics', '/nowhere']) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('stops at the deadline although a client hangs in the middle of a request', async () => {
    const [host = '', port = ''] = server.address.split(':');
    const socket = connect(Number(port), host);
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('GET /healthz HTTP/1.1\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const begun = performance.now();
    await server.stop(AbortSignal.timeout(200));
    expect(performance.now() - begun).toBeLessThan(2000);
    await expect(get('/healthz')).rejects.toThrow();
    socket.destroy();
  });

  it('can be stopped before it started, and twice', async () => {
    const other = createAdminServer({ registry, checks: [] }, { host: '127.0.0.1', port: 0 });
    await other.stop(AbortSignal.timeout(100));
    await other.stop(AbortSignal.timeout(100));
    expect(other.address).toBe('');
  });
});
