{{- define "plumbline.name" -}}
{{- printf "%s-plumbline" .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "plumbline.selector" -}}
app.kubernetes.io/name: plumbline
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "plumbline.labels" -}}
{{ include "plumbline.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "plumbline.config" -}}
receive:
  grpc: { address: '0.0.0.0:4317' }
  http: { address: '0.0.0.0:4318' }
storage:
  url: ${env:CLICKHOUSE_URL}
  database: ${env:CLICKHOUSE_DATABASE}
  username: ${env:CLICKHOUSE_USER}
  password: ${env:CLICKHOUSE_PASSWORD}
  path: /var/lib/plumbline
api:
  address: 0.0.0.0:4319
{{- end -}}
