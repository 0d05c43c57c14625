import { Health } from '@lab-orchestrator/platform';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** For everybody: which parts work, and nothing about why not. */
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { status, parts } = await this.health.report();
    void reply.status(status === 'ready' ? 200 : 503);
    return { status, parts: Object.fromEntries(Object.entries(parts).map(([part, { ok }]) => [part, { ok }])) };
  }
}
