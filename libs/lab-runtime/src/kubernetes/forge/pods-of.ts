/** Selects a namespace by its name. */
export const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** The peer of a network policy: pods of another namespace, by their labels. */
export const podsOf = (namespace: string, podLabels: Record<string, string>) => ({
  namespaceSelector: inNamespace(namespace),
  podSelector: { matchLabels: podLabels },
});
