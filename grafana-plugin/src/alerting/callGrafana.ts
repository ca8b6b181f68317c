import { getBackendSrv } from '@grafana/runtime';
import { firstValueFrom } from 'rxjs';
import { problemOf } from '../shared/problem';
import {
  type CallGrafana,
  createGrafanaAlerting,
  type GrafanaCall,
  type GrafanaOutcome,
} from './grafanaAlerting';

/** A call of Grafana's own API; what goes wrong is an outcome, and no toast. */
export const callGrafana: CallGrafana = async <Answer>({
  method,
  path,
  body,
  headers,
}: GrafanaCall): Promise<GrafanaOutcome<Answer>> => {
  try {
    const response = await firstValueFrom(
      getBackendSrv().fetch<Answer>({
        url: path,
        method,
        showErrorAlert: false,
        showSuccessAlert: false,
        ...(body === undefined ? {} : { data: body }),
        ...(headers === undefined ? {} : { headers: { ...headers } }),
      }),
    );
    return { state: 'done', data: response.data };
  } catch (error) {
    return { state: 'failed', problem: problemOf(error) };
  }
};

/** Grafana's alerting as the signed-in user. */
export const grafanaAlerting = createGrafanaAlerting(callGrafana);
