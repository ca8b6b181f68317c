import { FieldType, LoadingState, toDataFrame } from '@grafana/data';
import { modelHealthLink } from './modelHealthLink';

const context = (
  rawSql: string,
  models: readonly string[],
  type = 'grafana-clickhouse-datasource',
) =>
  ({
    targets: [{ refId: 'A', datasource: { type, uid: 'ch' }, rawSql }],
    data: {
      state: LoadingState.Done,
      series: models.map((model) =>
        toDataFrame({
          fields: [
            { name: 'psi', type: FieldType.number, values: [1], labels: { model, version: '1' } },
          ],
        }),
      ),
    },
  }) as unknown as Parameters<typeof modelHealthLink>[0];

describe('modelHealthLink', () => {
  it('leads to the one model that a panel shows', () => {
    expect(modelHealthLink(context('SELECT * FROM v_drift', ['a/b']))?.path).toBe(
      '/a/plumbline-modelhealth-app/model/health?var-tenant=&var-environment=&var-model=a%2Fb&var-version=1',
    );
  });

  it('leads to the fleet when there are several', () => {
    expect(modelHealthLink(context('SELECT * FROM v_drift', ['a', 'b']))?.path).toBe(
      '/a/plumbline-modelhealth-app/fleet',
    );
  });

  it('is not there for panels of others', () => {
    expect(modelHealthLink(context('SELECT * FROM orders', ['a']))).toBeUndefined();
    expect(modelHealthLink(context('SELECT * FROM v_drift', ['a'], 'prometheus'))).toBeUndefined();
    expect(modelHealthLink(undefined)).toBeUndefined();
  });
});
