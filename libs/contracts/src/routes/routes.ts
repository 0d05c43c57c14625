import { accountRoutes } from './account-routes.js';
import { instructionRoutes } from './instruction-routes.js';
import { labRoutes } from './lab-routes.js';
import { sessionRoutes } from './session-routes.js';

export const apiPrefix = '/api/v1';

/** Every route of the public API: OpenAPI, the gateway's controllers and the web client are held against this table. */
export const routes = { ...accountRoutes, ...labRoutes, ...sessionRoutes, ...instructionRoutes } as const;
