{{/*
Where a store's URL is kept: { name, key } of a secret. Call with (dict "root" $ "store" "database").
*/}}
{{- define "lab.storeSecret" -}}
{{- $given := index .root.Values .store -}}
{{- if .root.Values.trial.enabled -}}
name: {{ include "lab.name" .root }}-stores
key: {{ .store }}-url
{{- else -}}
name: {{ required (printf "%s.existingSecret: name the secret that holds the URL, or set trial.enabled" .store) $given.existingSecret }}
key: {{ $given.key }}
{{- end -}}
{{- end }}
