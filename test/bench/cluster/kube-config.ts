import { KubeConfig, type RequestContext } from '@kubernetes/client-node';
import { Advice } from '../../../tools/setup/advice.mjs';

/** Who a process is on the cluster: text, so that it can be told to a child. */
export interface Identity {
  server: string;
  caData: string;
  token: string;
  /** What its certificate is for, where that is not the address. */
  tlsServerName?: string;
}

/** The cluster that KUBECONFIG names. */
export function adminConfig(): KubeConfig {
  const file = process.env['KUBECONFIG'];
  if (file === undefined) throw new Advice('Set KUBECONFIG to a cluster for tests; the test cluster prints its own.');
  const config = new KeptConnections();
  config.loadFromFile(file);
  return config;
}

export function configOf({ token, ...server }: Identity): KubeConfig {
  const config = new KeptConnections();
  config.loadFromClusterAndUser({ name: 'bench', skipTLSVerify: false, ...server }, { name: 'bench', token });
  return config;
}

/**
 * The published client makes a pool of connections for every call (2.0.1), a TLS handshake each. A bare client at its
 * best keeps them, so that is what we are held against.
 */
class KeptConnections extends KubeConfig {
  private kept: ReturnType<RequestContext['getDispatcher']>;

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    this.kept ??= context.getDispatcher();
    if (this.kept) context.setDispatcher(this.kept);
  }
}
