import { ReportActivity } from '@lab-orchestrator/contracts';
import type { Consoles } from '@lab-orchestrator/lab-runtime';
import type { RequestClient } from '@lab-orchestrator/platform';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { ActivityReporter } from './activity/activity.reporter.js';
import { AppEntrance } from './apps/app-entrance.js';
import { AppProxy } from './apps/app-proxy.js';
import { AppStore, visitLifeS } from './apps/app.store.js';
import { CommandRunner } from './checks/command-runner.js';
import { SystemTurns } from './checks/system-turns.js';
import { allowedOrigins, type ConsoleConfig } from './config.js';
import { Revocation } from './revocation/revocation.js';
import { ViewerCheck } from './revocation/viewer-check.js';
import { Withdrawals } from './revocation/withdrawals.js';
import { ConsoleServer } from './sockets/console.server.js';
import { TicketStore } from './tickets/ticket.store.js';
import { TicketsService } from './tickets/tickets.service.js';
import { UpstreamRegistry } from './upstreams/upstream.registry.js';
import { ViewerHub } from './viewers/viewer.hub.js';

const tidyMs = 1_000;
const pingMs = 20_000;
const appAnswerMs = 60_000;

/** The parts of the data plane, put together; bytes flow through these and nothing else. */
export class DataPlane {
  readonly tickets: TicketsService;
  readonly revocation: Revocation;
  readonly check: ViewerCheck;
  readonly commands: CommandRunner;
  private readonly upstreams: UpstreamRegistry;
  private readonly server: ConsoleServer;
  private readonly timers: NodeJS.Timeout[];
  private readonly logger = new Logger('Consoles');
  private boundPort: number | undefined;

  constructor(
    private readonly config: ConsoleConfig,
    private readonly runtime: Consoles,
    redis: Redis,
    requests: Pick<RequestClient, 'call'>,
  ) {
    const warn = (error: unknown) => this.logger.warn({ err: error }, 'a console had trouble');
    const origins = allowedOrigins(config);
    const withdrawals = new Withdrawals(redis, visitLifeS);
    const ticketStore = new TicketStore(redis, withdrawals);
    const appStore = new AppStore(redis, withdrawals);
    const activity = new ActivityReporter(
      async (sessionId) => void (await requests.call(ReportActivity, { sessionId })),
      config.LAB_ACTIVITY_S * 1_000,
      warn,
    );
    const active = (sessionId: string) => activity.active(sessionId);
    this.upstreams = new UpstreamRegistry(runtime, {
      screenBytes: config.LAB_SCREEN_BYTES,
      lingerMs: config.LAB_CONSOLE_LINGER_S * 1_000,
    });
    const hub = new ViewerHub(runtime, this.upstreams, activity);
    const apps = new AppProxy(runtime, appStore, new AppEntrance(ticketStore, appStore, origins), active, {
      domain: config.LAB_APPS_DOMAIN,
      answerMs: appAnswerMs,
    });
    this.server = new ConsoleServer(ticketStore, apps, (socket, ticket) => hub.accept(socket, ticket), warn, {
      origins,
      pingMs,
    });
    this.tickets = new TicketsService(ticketStore, appStore, { origins, appsDomain: config.LAB_APPS_DOMAIN });
    this.commands = new CommandRunner(runtime, new SystemTurns(redis));
    this.revocation = new Revocation(hub, this.upstreams, apps, withdrawals, this.commands);
    this.check = new ViewerCheck(hub, requests);
    const tidy = () => {
      hub.tidy(Date.now());
      this.upstreams.tidy(Date.now());
      activity.tidy();
    };
    this.timers = [
      setInterval(tidy, tidyMs).unref(),
      setInterval(() => void this.check.run().catch(warn), config.LAB_VIEWER_CHECK_S * 1_000).unref(),
    ];
  }

  /** Where it listens, once it does. */
  get port() {
    return this.boundPort;
  }

  async listen() {
    this.boundPort = await this.server.listen(this.config.LAB_CONSOLE_PORT, this.config.LAB_CONSOLE_HOST);
  }

  /** Browsers are told to come back; they find another process, or this one again. */
  async close() {
    for (const timer of this.timers) clearInterval(timer);
    await this.server.close();
    this.upstreams.close();
    await this.runtime.close();
  }
}
