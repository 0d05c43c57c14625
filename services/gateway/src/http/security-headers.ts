import type { FastifyHelmetOptions } from '@fastify/helmet';

export interface SecurityRules {
  readonly publicUrl: string;
  readonly appsDomain: string;
  readonly consoleOrigins: readonly string[];
}

/** What our pages may load and reach. No inline script, nothing from elsewhere; lab web apps only in frames. */
export function securityHeaders({ publicUrl, appsDomain, consoleOrigins }: SecurityRules): FastifyHelmetOptions {
  const { protocol, host, port } = new URL(publicUrl);
  const secure = protocol === 'https:';
  const webSocket = `${secure ? 'wss' : 'ws'}://${host}`;
  const apps = `${protocol}//*.${appsDomain}${port && `:${port}`}`;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Terminal emulators write style elements for their colours and cell sizes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", webSocket, ...consoleOrigins],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameSrc: [apps],
        formAction: ["'self'", apps],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    // Without any referrer a form's Origin is "null", and the entrance to web apps of labs could not check it.
    referrerPolicy: { policy: 'strict-origin' },
    // Frames of lab web apps live on other origins and would be blocked.
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  };
}
