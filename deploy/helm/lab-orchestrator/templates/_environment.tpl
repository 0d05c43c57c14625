{{/*
The environment of one service. Call with (dict "root" $ "service" NAME "facts" FACTS).
*/}}
{{- define "lab.environment" -}}
{{- $values := .root.Values -}}
{{- $name := include "lab.name" .root -}}
- name: NODE_ENV
  value: production
- name: LAB_INSTANCE
  value: {{ $values.instance | quote }}
- name: LAB_PUBLIC_URL
  value: {{ $values.publicUrl | quote }}
- name: LAB_APPS_DOMAIN
  value: {{ include "lab.appsDomain" .root | quote }}
- name: LAB_LOG_LEVEL
  value: {{ $values.logLevel | quote }}
- name: LAB_HEALTH_HOST
  value: {{ $values.listenAddress | quote }}
- name: LAB_HEALTH_PORT
  value: "9090"
- name: LAB_SHUTDOWN_S
  value: {{ $values.shutdownSeconds | quote }}
{{- with $values.tracing.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
- name: LAB_NATS_REPLICAS
  value: {{ ternary 1 $values.nats.replicas $values.trial.enabled | quote }}
- name: LAB_NATS_URL
  valueFrom:
    secretKeyRef: {{ include "lab.storeSecret" (dict "root" .root "store" "nats") | nindent 6 }}
{{- if has "database" .facts.needs }}
- name: LAB_DATABASE_URL
  valueFrom:
    secretKeyRef: {{ include "lab.storeSecret" (dict "root" .root "store" "database") | nindent 6 }}
{{- end }}
{{- if has "redis" .facts.needs }}
- name: LAB_REDIS_URL
  valueFrom:
    secretKeyRef: {{ include "lab.storeSecret" (dict "root" .root "store" "redis") | nindent 6 }}
{{- end }}
{{- range $variable, $key := .facts.secrets }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ include "lab.secret" $.root }}
      key: {{ $key }}
      {{- if eq $key "first-admin-password" }}
      # Needed by the first start only.
      optional: true
      {{- end }}
{{- end }}
{{- if has "cluster" .facts.needs }}
{{ include "lab.runtimeEnvironment" .root }}
{{- end }}
{{- if eq .service "console-service" }}
- name: LAB_CONSOLE_HOST
  value: {{ $values.listenAddress | quote }}
- name: LAB_CONSOLE_PORT
  value: {{ .facts.port | quote }}
{{- else if eq .service "gateway" }}
- name: LAB_HOST
  value: {{ $values.listenAddress | quote }}
- name: LAB_PORT
  value: {{ .facts.port | quote }}
- name: LAB_CONSOLE_URL
  value: http://{{ $name }}-console-service:8090
- name: LAB_WEB_DIR
  value: /app/web/dist
- name: LAB_TRUSTED_PROXIES
  value: {{ join "," $values.trustedProxies | quote }}
{{- end }}
{{- range $variable, $value := (index $values.services .service).env }}
- name: {{ $variable }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* How labs run on this cluster. */}}
{{- define "lab.runtimeEnvironment" -}}
{{- $labs := .Values.labs -}}
- name: LAB_RUNTIME
  value: kubernetes
- name: LAB_KUBE_BUILTIN_IMAGES
  value: {{ $labs.images | toJson | quote }}
- name: LAB_KUBE_STORAGE_CLASS
  value: {{ $labs.storageClass | quote }}
- name: LAB_KUBE_CLOSED_CIDRS
  value: {{ join "," $labs.closedCidrs | quote }}
- name: LAB_KUBE_IMPORT_CIDRS
  value: {{ join "," $labs.importCidrs | quote }}
- name: LAB_KUBE_ALLOW_UNENFORCED_NETWORKS
  value: {{ $labs.allowUnenforcedNetworks | quote }}
- name: LAB_KUBE_EXTRA_OBJECTS
  value: {{ $labs.kubernetesObjects | quote }}
- name: LAB_KUBE_PAUSE_VMS
  value: {{ $labs.pauseMachines | quote }}
{{- with $labs.hibernateAfterS }}
- name: LAB_KUBE_HIBERNATE_AFTER_S
  value: {{ int64 . | quote }}
{{- end }}
- name: LAB_KUBE_LOWEST_POD_SECURITY
  value: {{ $labs.lowestPodSecurity | quote }}
{{- with $labs.dns }}
- name: LAB_KUBE_DNS
  value: {{ toJson . | quote }}
{{- end }}
- name: LAB_KUBE_CDI_NAMESPACE
  value: {{ $labs.cdiNamespace | quote }}
- name: LAB_KUBE_KUBEVIRT_NAMESPACE
  value: {{ $labs.kubevirtNamespace | quote }}
{{- with $labs.networkPlugin }}
- name: LAB_KUBE_NETWORK_PLUGIN
  value: {{ toJson . | quote }}
{{- end }}
{{- with $labs.nodeSelector }}
- name: LAB_KUBE_NODE_SELECTOR
  value: {{ toJson . | quote }}
{{- end }}
- name: LAB_KUBE_RUNTIME_CLASS
  value: {{ $labs.runtimeClass | quote }}
- name: LAB_KUBE_PRIORITY_CLASS
  value: {{ $labs.priorityClass | quote }}
{{- end }}
