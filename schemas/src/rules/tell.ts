/**
 * A number of a refId in an annotation, with words before and after it; nothing at all where it is not known. Grafana puts
 * NaN where the database said NULL, and no number equals itself but NaN. `index` gives an empty value where there is no such
 * refId (an alert about missing data has none), where `$values.E` would be an error in some versions.
 */
export const tell = (refId: string, before: string, after = '', format = '%.3g'): string =>
  `{{ with index $values "${refId}" }}{{ if and .Labels (eq .Value .Value) }}${before}{{ printf "${format}" .Value }}${after}{{ end }}{{ end }}`;

/** A text that came along with a refId; nothing where it is empty. */
export const tellText = (refId: string, column: string, before = '', after = ''): string =>
  `{{ with index $values "${refId}" }}{{ with index .Labels "${column}" }}${before}{{ . }}${after}{{ end }}{{ end }}`;

/** A label, empty where the alert has none. */
export const label = (name: string): string => `{{ index $labels "${name}" }}`;

/** The model with its environment, as it stands in every summary. */
export const MODEL = `${label('model')}{{ with index $labels "environment" }} ({{ . }}){{ end }}`;
