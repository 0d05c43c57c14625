import type { Lab } from '@lab-orchestrator/contracts';
import type { TFunction } from 'i18next';

/** What a lab consists of, in words: “2 containers, 1 virtual machine”. */
export function containsText({ needs, networks }: Pick<Lab, 'needs' | 'networks'>, t: TFunction): string {
  return [
    needs.containers > 0 && t('app.contains.containers', { count: needs.containers }),
    needs.vms > 0 && t('app.contains.vms', { count: needs.vms }),
    networks.length > 1 && t('app.contains.networks', { count: networks.length }),
  ]
    .filter((part) => part !== false)
    .join(', ');
}
