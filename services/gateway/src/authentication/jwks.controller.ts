import { Controller, Get, Header } from '@nestjs/common';
import { AccessTokenVerifier } from './access-token.verifier.js';

@Controller('.well-known')
export class JwksController {
  constructor(private readonly verifier: AccessTokenVerifier) {}

  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=300')
  keys() {
    return this.verifier.published();
  }
}
