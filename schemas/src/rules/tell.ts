/**
 * A number of a refId in an annotation, with words before and after it; nothing at all where it is not known. Grafana puts
 * NaN where the database said NULL, and no number equals itself but NaN.
 */
export const tell = (refId: string, before: string, after = '', format = '%.3g'): string =>
  `{{ with $values.${refId} }}{{ if eq .Value .Value }}${before}{{ printf "${format}" .Value }}${after}{{ end }}{{ end }}`;

/** A text that came along with a refId; nothing where it is empty. */
export const tellText = (refId: string, column: string, before = '', after = ''): string =>
  `{{ with $values.${refId} }}{{ with index .Labels "${column}" }}${before}{{ . }}${after}{{ end }}{{ end }}`;

/** The model with its environment, as it stands in every summary. */
export const MODEL = '{{ $labels.model }}{{ with $labels.environment }} ({{ . }}){{ end }}';
