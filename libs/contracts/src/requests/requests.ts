import { requestRegistry } from '../messaging/registry.js';
import { authRequests } from './auth-requests.js';
import { instructionRequests } from './instruction-requests.js';
import { labRequests } from './lab-requests.js';
import { runtimeRequests } from './runtime-requests.js';
import { sessionRequests } from './session-requests.js';

/** Every request one service asks another, by its subject. */
export const requests = requestRegistry([
  ...authRequests,
  ...labRequests,
  ...sessionRequests,
  ...runtimeRequests,
  ...instructionRequests,
]);
