{{/*
The stateful set and the service of one store of a trial. Call with
(dict "root" $ "name" NAME "port" PORT "args" CONTAINER-ARGS "init" INIT-CONTAINERS), both as YAML.
*/}}
{{- define "lab.trialStore" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "lab.name" .root }}-{{ .name }}
  labels:
    {{- include "lab.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .name }}
spec:
  selector:
    {{- include "lab.selector" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .name }}
  ports:
    - name: {{ .name }}
      port: {{ .port }}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ include "lab.name" .root }}-{{ .name }}
  labels:
    {{- include "lab.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .name }}
spec:
  replicas: 1
  serviceName: {{ include "lab.name" .root }}-{{ .name }}
  selector:
    matchLabels:
      {{- include "lab.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .name }}
  template:
    metadata:
      labels:
        # Not the version: an upgrade of the platform must not restart what it stores in.
        {{- include "lab.selector" .root | nindent 8 }}
        app.kubernetes.io/component: {{ .name }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext: {{ include "lab.podSecurity" 1000 | nindent 8 }}
      {{- with .root.Values.imagePullSecrets }}
      imagePullSecrets: {{ toYaml . | nindent 8 }}
      {{- end }}
      {{- with .init }}
      initContainers: {{ . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ include "lab.storesImage" .root }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          securityContext: {{ include "lab.containerSecurity" .root | nindent 12 }}
          {{- .container | nindent 10 }}
          ports:
            - name: {{ .name }}
              containerPort: {{ .port }}
          startupProbe:
            tcpSocket: { port: {{ .name }} }
            periodSeconds: 2
            failureThreshold: 150
          readinessProbe:
            tcpSocket: { port: {{ .name }} }
            periodSeconds: 5
          resources: {{ toYaml .root.Values.trial.resources | nindent 12 }}
          volumeMounts: {{ include "lab.trialMounts" . | nindent 12 }}
      volumes:
        - name: scratch
          emptyDir: { sizeLimit: 256Mi }
        {{- with .config }}
        - name: config
          configMap: { name: {{ . }} }
        {{- end }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels: {{ include "lab.selector" .root | nindent 10 }}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .root.Values.trial.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .root.Values.trial.storage }}
{{- end }}

{{- define "lab.trialMounts" -}}
- name: data
  mountPath: /data
- name: scratch
  mountPath: /tmp
{{- with .config }}
- name: config
  mountPath: /config
  readOnly: true
{{- end }}
{{- end }}

{{/* Variable with a password of the trial's secret. */}}
{{- define "lab.trialPassword" -}}
- name: PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "lab.name" .root }}-stores
      key: {{ .store }}-password
{{- end }}
