import { openApiDocument } from '@lab-orchestrator/contracts/openapi';
import { Controller, Get, Header } from '@nestjs/common';
import { referencePage } from './reference-page.js';
import { referenceStyle } from './reference-style.js';

/** The API's description, built from the table of routes this process serves. */
@Controller('api')
export class OpenApiController {
  private readonly document = openApiDocument();
  private readonly page = referencePage(this.document);

  @Get('openapi.json')
  @Header('cache-control', 'no-cache')
  openApi(): Record<string, unknown> {
    return this.document;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-cache')
  reference() {
    return this.page;
  }

  @Get('docs/style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style() {
    return referenceStyle;
  }
}
