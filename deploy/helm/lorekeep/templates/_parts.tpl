{{- define "lorekeep.name" -}}
{{- $name := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) -}}
{{- $name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- define "lorekeep.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "lorekeep.labels" -}}
{{ include "lorekeep.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "lorekeep.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- /* What every pod has: no root, no token, no privilege. */}}
{{- define "lorekeep.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "lorekeep.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{- /* One variable from an existing secret. */}}
{{- define "lorekeep.secret" -}}
- name: {{ .as | default .key }}
  valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }} } }
{{- end }}

{{- define "lorekeep.env" -}}
{{- range $name, $value := . }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end }}

{{- define "lorekeep.engineUrls" -}}
{{- $name := printf "%s-engine" (include "lorekeep.name" .) -}}
{{- $urls := list -}}
{{- range $at := until (int (ternary .Values.keda.max .Values.engine.replicas .Values.keda.enabled)) -}}
{{- $urls = append $urls (printf "https://%s-%d.%s.%s.svc:8090" $name $at $name $.Release.Namespace) -}}
{{- end -}}
{{- join "," $urls -}}
{{- end }}

{{- define "lorekeep.dataClaim" -}}
{{ .Values.data.existingClaim | default (printf "%s-data" (include "lorekeep.name" .)) }}
{{- end }}

{{- define "lorekeep.dns" }}
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
      ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
{{- end }}
{{- define "lorekeep.postgres" }}
    - to: {{- toYaml .to | nindent 8 }}
      ports: [{ protocol: TCP, port: {{ .port }} }]
{{- end }}
