import { type AlertRule, ruleProblem } from './alertRule';

const context = { folders: ['models'], receivers: ['ml-oncall'] };
const rule: AlertRule = {
  uid: 'a',
  title: 'Drift',
  ruleGroup: 'drift',
  folderUID: 'models',
  condition: 'C',
  noDataState: 'OK',
  execErrState: 'Error',
  for: '5m',
  notification_settings: { receiver: 'ml-oncall' },
  data: [
    { refId: 'A', datasourceUid: 'c', relativeTimeRange: { from: 600, to: 0 }, model: {} },
    { refId: 'C', datasourceUid: '__expr__', model: {} },
  ],
};

test('takes a rule that Grafana takes', () => {
  expect(ruleProblem(rule, context)).toBeUndefined();
});

test.each<[Partial<AlertRule>, string]>([
  [{ title: ' ' }, 'title is empty'],
  [{ folderUID: 'other' }, 'folder does not exist'],
  [{ ruleGroup: '' }, 'rule group is empty'],
  [{ condition: 'D' }, 'condition D does not exist'],
  [{ noDataState: 'Ok' }, 'unknown NoData state option Ok'],
  [{ execErrState: 'NoData' }, 'unknown Error state option NoData'],
  [{ for: '5 minutes' }, 'not a valid duration'],
  [{ notification_settings: { receiver: 'nope' } }, 'receiver nope does not exist'],
  [{ data: [{ refId: 'C', datasourceUid: 'c', model: {} }] }, 'invalidRelativeTime'],
])('refuses %j', (change, reason) => {
  expect(ruleProblem({ ...rule, ...change }, context)).toContain(reason);
});
