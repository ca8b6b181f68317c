import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { firstValueFrom, of, throwError } from 'rxjs';
import { runQuery } from './runQuery';

const request = { sql: 'SELECT 1', datasourceUid: 'ch', fromMs: 1, toMs: 2 };

const answering = (fetch: BackendSrv['fetch']) => {
  setBackendSrv({ fetch } as BackendSrv);
  return firstValueFrom(runQuery(request));
};

describe('runQuery', () => {
  it('asks as the data source reads it', async () => {
    const fetch = jest
      .fn()
      .mockReturnValue(of({ status: 200, data: { results: { A: { frames: [] } } } }));
    expect(await answering(fetch)).toEqual({ state: 'done', frames: [] });
    expect(fetch).toHaveBeenCalledWith({
      url: '/api/ds/query',
      method: 'POST',
      showErrorAlert: false,
      data: {
        from: '1',
        to: '2',
        queries: [
          {
            refId: 'A',
            datasource: { type: 'grafana-clickhouse-datasource', uid: 'ch' },
            pluginVersion: '4.20.0',
            editorType: 'sql',
            queryType: 'table',
            format: 1,
            rawSql: 'SELECT 1',
            meta: { timezone: 'UTC' },
            intervalMs: 60_000,
            maxDataPoints: 1000,
          },
        ],
      },
    });
  });

  it('keeps the words of ClickHouse when the query fails, which is an HTTP error', async () => {
    const error = {
      status: 400,
      statusText: 'Bad Request',
      data: { results: { A: { status: 400, error: 'Unknown table v_quality', frames: [] } } },
    };
    expect(await answering(() => throwError(() => error))).toEqual({
      state: 'failed',
      message: 'Unknown table v_quality',
      status: 400,
    });
  });

  it('says something when there is no answer at all', async () => {
    const outcome = await answering(() =>
      throwError(() => ({ status: 502, statusText: 'Bad Gateway', data: '' })),
    );
    expect(outcome).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/./) as string,
    });
  });
});
