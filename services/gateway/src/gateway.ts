import type { ServiceDefinition } from '@lab-orchestrator/platform';
import type { GatewayConfig } from './config.js';
import { ConsoleDoor } from './console-door/console-door.js';
import { GatewayModule } from './gateway.module.js';
import { setUpHttp } from './http/set-up.js';

const maxBodyBytes = 1_048_576;

/** The only public HTTP door. It owns no data: it verifies who calls, parses what is sent, and asks the services. */
export function gateway(config: GatewayConfig): ServiceDefinition<GatewayConfig> {
  const door = new ConsoleDoor({ target: new URL(config.LAB_CONSOLE_URL), appsDomain: config.LAB_APPS_DOMAIN });
  return {
    name: 'gateway',
    config,
    module: GatewayModule,
    http: {
      port: config.LAB_PORT,
      host: config.LAB_HOST,
      fastify: {
        bodyLimit: maxBodyBytes,
        trustProxy: config.LAB_TRUSTED_PROXIES.length > 0 ? config.LAB_TRUSTED_PROXIES : false,
        exposeHeadRoutes: false,
        serverFactory: (api) => door.createServer(api),
        // One that stops still answers: see finishAnswers.
        return503OnClosing: false,
      },
      setUp: setUpHttp,
    },
  };
}
