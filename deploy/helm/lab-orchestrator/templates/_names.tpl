{{- define "lab.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{/* Names of objects that no namespace holds: two installations on one cluster must not share them. */}}
{{- define "lab.clusterName" -}}
{{ .Release.Namespace }}-{{ include "lab.name" . }}
{{- end }}

{{/* Labels that pods of this installation have; with a service's name they are its selector and never change. */}}
{{- define "lab.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "lab.labels" -}}
{{ include "lab.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "lab.image" -}}
{{- with .Values.image }}{{ with .registry }}{{ . }}/{{ end }}{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}{{ end -}}
{{- end }}

{{- define "lab.storesImage" -}}
{{- with .Values.trial.image }}{{ with .registry | default $.Values.image.registry }}{{ . }}/{{ end }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end -}}
{{- end }}

{{/* The platform's own secret: ours, or the one that was made by hand. */}}
{{- define "lab.secret" -}}
{{ .Values.secrets.existingSecret | default (printf "%s-secrets" (include "lab.name" .)) }}
{{- end }}

{{/* Labs' web apps live below this name, never on the platform's own. */}}
{{- define "lab.host" -}}
{{ (urlParse .Values.publicUrl).hostname }}
{{- end }}

{{- define "lab.appsDomain" -}}
{{ .Values.appsDomain | default (printf "apps.%s" (include "lab.host" .)) }}
{{- end }}

{{- define "lab.tlsSecret" -}}
{{ .Values.tls.secretName | default (printf "%s-tls" (include "lab.name" .)) }}
{{- end }}
