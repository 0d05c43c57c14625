{{/* One egress rule towards a store: to our own pod of a trial, else to what the values say. */}}
{{- define "lab.storeEgress" -}}
{{- if .root.Values.trial.enabled -}}
{{- $pod := index (dict "database" "postgres" "nats" "nats" "redis" "redis") .store -}}
{{- $port := index (dict "database" 5432 "nats" 4222 "redis" 6379) .store -}}
to:
  - podSelector:
      matchLabels:
        {{- include "lab.selector" .root | nindent 8 }}
        app.kubernetes.io/component: {{ $pod }}
ports: [{ protocol: TCP, port: {{ $port }} }]
{{- else -}}
{{- $egress := (index .root.Values .store).egress -}}
to: {{ toYaml $egress.peers | nindent 2 }}
ports: [{ protocol: TCP, port: {{ $egress.port }} }]
{{- end -}}
{{- end }}
