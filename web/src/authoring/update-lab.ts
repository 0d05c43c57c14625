import type { Lab } from '@lab-orchestrator/contracts';
import { call } from '../api/call.js';
import type { BodyFor } from '../api/routes.js';

/** Changes a lab as it was read: refused when somebody else changed it in between. */
export const updateLab = ({ id, revision }: Lab, body: BodyFor<'updateLab'>) =>
  call('updateLab', { params: { labId: id }, body, ifMatch: `"${revision}"` });
