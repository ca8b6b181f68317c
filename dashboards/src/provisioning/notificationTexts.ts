import { ORGANISATION } from './names';

/** Alerts about the rule itself (no data, an error) have no summary of ours when they fire without rows. */
const SUMMARY = '{{ or .Annotations.summary .Labels.rulename .Labels.alertname }}';

/** A line of the text, left out where its annotation is missing. */
const line = (annotation: string): string =>
  `{{ with .Annotations.${annotation} }}\n{{ . }}{{ end }}`;

/** What a phone shows of it on the lock screen is the title: what, where, and whether it is over. */
const TITLE = `{{ define "plumbline.title" -}}
{{ if eq .Status "resolved" }}OK: {{ end }}{{ with index .Alerts 0 }}${SUMMARY}{{ end }}{{ if gt (len .Alerts) 1 }} (+{{ len (slice .Alerts 1) }}){{ end }}
{{- end }}`;

const MESSAGE = `{{ define "plumbline.message" -}}
{{ range .Alerts.Firing }}${SUMMARY}${line('description')}${line('Error')}${line('runbook')}${line('link')}{{ with .SilenceURL }}
Silence: {{ . }}{{ end }}
{{ end }}{{ range .Alerts.Resolved }}OK: ${SUMMARY}
{{ end }}
{{- end }}`;

export const notificationTemplates = [
  { orgId: ORGANISATION, name: 'plumbline', template: `${TITLE}\n${MESSAGE}\n` },
];

/** As settings of a contact point have them. */
export const TITLE_TEXT = '{{ template "plumbline.title" . }}';
export const MESSAGE_TEXT = '{{ template "plumbline.message" . }}';
