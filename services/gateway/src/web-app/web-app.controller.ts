import { CONFIG, UserError } from '@lab-orchestrator/platform';
import { Controller, Get, Inject, type OnModuleInit, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { WebFiles } from './web-files.js';

const notPages = /^\/(api|health|\.well-known|consoles)(\/|$)/;

/** The single-page app: every address that is not something else is a page of it. */
@Controller()
export class WebAppController implements OnModuleInit {
  private files: WebFiles | undefined;

  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  async onModuleInit() {
    this.files = await WebFiles.in(this.config.LAB_WEB_DIR);
  }

  @Get('*')
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const [path = '/'] = request.url.split('?');
    const file = notPages.test(path) ? undefined : this.files?.find(path);
    if (!file) throw new UserError('not_found', { status: 404, detail: 'There is nothing here.' });
    void reply.header('cache-control', file.cacheControl);
    return reply.sendFile(file.path, { cacheControl: false });
  }
}
