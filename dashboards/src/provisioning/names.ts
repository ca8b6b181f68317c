/** Uid of the data source: rules name it, so that everything provisioned reads the same one. */
export const DATA_SOURCE_UID = 'plumbline-clickhouse';

/** The contact point that every rule names. Which receivers it has is one file of `contact-points/`. */
export const CONTACT_POINT = 'plumbline';

/** What holds back rules that nobody has to get up for. */
export const MUTE_TIMING = 'plumbline-nights-and-weekends';

/** Not the folder of the dashboards: alerting is provisioned first and Grafana would make two folders of one title. */
export const ALERT_FOLDER = 'Plumbline alerts';
export const DASHBOARD_FOLDER = 'Plumbline';

/** The organisation that everything goes into. */
export const ORGANISATION = 1;
