import { describe, expect, it } from 'vitest';
import { checkRuntimeSettings, RuntimeSettings } from './runtime-settings.js';

const Schema = RuntimeSettings.superRefine(checkRuntimeSettings);
const local = { LAB_DATA_DIR: '/data', LAB_IMAGE_CACHE_DIR: '/cache' };
const kubernetes = { LAB_RUNTIME: 'kubernetes', LAB_KUBE_BUILTIN_IMAGES: '{"terminal":"lab/terminal:1"}' };

const faultsOf = (env: Record<string, string>) =>
  Schema.safeParse(env).error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? [];

describe('RuntimeSettings', () => {
  it('runs labs on this machine unless told', () => {
    expect(Schema.parse(local)).toEqual({
      ...local,
      LAB_RUNTIME: 'local',
      LAB_INSTANCE: 'default',
      LAB_CPU_OVERCOMMIT: 4,
      LAB_KUBE_CLOSED_CIDRS: [],
      LAB_KUBE_IMPORT_CIDRS: [],
      LAB_KUBE_ALLOW_UNENFORCED_NETWORKS: false,
      LAB_KUBE_EXTRA_OBJECTS: false,
      LAB_KUBE_PAUSE_VMS: 'freeze',
      LAB_KUBE_LOWEST_POD_SECURITY: 'baseline',
    });
  });

  it('runs them on a cluster without anything of the local runtime', () => {
    const env = { ...kubernetes, LAB_KUBE_CLOSED_CIDRS: '10.1.0.0/16, fd00::/8', LAB_KUBE_HIBERNATE_AFTER_S: '7200' };
    expect(Schema.parse(env)).toMatchObject({
      LAB_RUNTIME: 'kubernetes',
      LAB_KUBE_BUILTIN_IMAGES: { terminal: 'lab/terminal:1' },
      LAB_KUBE_CLOSED_CIDRS: ['10.1.0.0/16', 'fd00::/8'],
      LAB_KUBE_HIBERNATE_AFTER_S: 7200,
    });
  });

  it.each([
    ['what the local runtime needs', {}, [/^LAB_DATA_DIR: is needed/, /^LAB_IMAGE_CACHE_DIR: is needed/]],
    ['what a cluster needs', { LAB_RUNTIME: 'kubernetes' }, [/^LAB_KUBE_BUILTIN_IMAGES: is needed/]],
    ['an unknown runtime', { ...local, LAB_RUNTIME: 'docker' }, [/^LAB_RUNTIME: /]],
    ['a name that is no part of a namespace', { ...local, LAB_INSTANCE: 'My_Labs' }, [/^LAB_INSTANCE: must be 1-12/]],
    ['broken JSON', { ...kubernetes, LAB_KUBE_BUILTIN_IMAGES: '{' }, [/^LAB_KUBE_BUILTIN_IMAGES: must be JSON/]],
    ['JSON of something else', { ...kubernetes, LAB_KUBE_BUILTIN_IMAGES: '["a"]' }, [/^LAB_KUBE_BUILTIN_IMAGES: /]],
    ['a range that is none', { ...kubernetes, LAB_KUBE_CLOSED_CIDRS: '10.1' }, [/CLOSED_CIDRS: /]],
    ['a time that is none', { ...kubernetes, LAB_KUBE_HIBERNATE_AFTER_S: '0' }, [/^LAB_KUBE_HIBERNATE_AFTER_S: /]],
    ['a flag that is none', { ...kubernetes, LAB_KUBE_ALLOW_UNENFORCED_NETWORKS: 'maybe' }, [/UNENFORCED_NETWORKS: /]],
  ])('names %s', (_, env, faults) => {
    expect(faultsOf(env)).toEqual(faults.map((fault) => expect.stringMatching(fault)));
  });
});
