export { createKubernetesRuntime, type KubernetesRuntimeOptions } from './create-kubernetes-runtime.js';
export { KubernetesRuntime } from './kubernetes-runtime.js';
export type { ClusterFacts } from './capacity/cluster-facts.js';
