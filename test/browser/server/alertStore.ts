import { randomBytes } from 'node:crypto';
import { type AlertRule, ruleProblem } from './alertRule';

export interface Folder {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
}

/** What came of a write: a body with its status, or why not. */
export interface Written {
  readonly status: number;
  readonly body: unknown;
}

const DEFAULT_INTERVAL_S = 60;
const refused = (status: number, message: string): Written => ({ status, body: { message } });

/**
 * Folders, contact points and rules in memory, judged as Grafana judges them when they are saved. Nothing evaluates the
 * rules: they stay inactive.
 */
export class AlertStore {
  readonly folders: Folder[] = [{ id: 1, uid: 'models', title: 'Models' }];
  readonly contactPoints = [
    { uid: 'empty', name: 'empty', type: 'email', settings: {} },
    { uid: 'ml-oncall', name: 'ml-oncall', type: 'webhook', settings: { url: 'http://localhost' } },
  ];
  private readonly saved = new Map<string, AlertRule>();
  private readonly intervals = new Map<string, number>();

  get rules(): AlertRule[] {
    return [...this.saved.values()];
  }

  rule(uid: string): AlertRule | undefined {
    return this.saved.get(uid);
  }

  addFolder({ uid, title = '' }: Partial<Folder>): Written {
    if (title.trim() === '') return refused(400, 'folder title cannot be empty');
    const added = {
      id: this.folders.length + 1,
      uid: uid ?? randomBytes(7).toString('hex'),
      title,
    };
    if (this.folders.some((one) => one.uid === added.uid)) {
      return refused(409, 'a folder with the same uid already exists');
    }
    this.folders.push(added);
    return { status: 200, body: added };
  }

  create(rule: Partial<AlertRule>, editable: boolean): Written {
    const uid = rule.uid ?? randomBytes(7).toString('hex');
    if (this.saved.has(uid)) return refused(409, 'a rule with the same uid already exists');
    return this.save({ ...rule, uid }, editable, 201);
  }

  update(uid: string, rule: Partial<AlertRule>, editable: boolean): Written {
    const known = this.saved.get(uid);
    if (known === undefined) return refused(404, 'alert rule not found');
    if (known.provenance === 'api' && editable) {
      return refused(500, 'cannot change provenance from api to none');
    }
    return this.save({ ...rule, uid }, editable, 200);
  }

  remove(uid: string): Written {
    this.saved.delete(uid);
    return { status: 204, body: undefined };
  }

  intervalOf(folder: string, group: string): number {
    return this.intervals.get(`${folder}/${group}`) ?? DEFAULT_INTERVAL_S;
  }

  setInterval(folder: string, group: string, interval: unknown): Written {
    if (typeof interval !== 'number' || interval <= 0 || interval % 10 !== 0) {
      const text = `interval (${String(interval)}s) should be non-zero and divided exactly by scheduler interval: 10`;
      return refused(400, text);
    }
    this.intervals.set(`${folder}/${group}`, interval);
    return { status: 202, body: { title: group, folderUid: folder, interval } };
  }

  private save(rule: Partial<AlertRule>, editable: boolean, status: number): Written {
    const problem = ruleProblem(rule, {
      folders: this.folders.map(({ uid }) => uid),
      receivers: this.contactPoints.map(({ name }) => name),
    });
    if (problem !== undefined) return refused(400, problem);
    const provenance = editable ? '' : 'api';
    const kept = { orgID: 1, for: '0s', isPaused: false, ...rule, provenance } as AlertRule;
    this.saved.set(kept.uid, { ...kept });
    return { status, body: { ...kept, updated: new Date().toISOString() } };
  }
}
