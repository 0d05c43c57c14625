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

  it('knows a cluster whose own parts are elsewhere', () => {
    const own = {
      LAB_KUBE_DNS: '{"namespace":"openshift-dns","podLabels":{"dns":"default"},"port":5353}',
      LAB_KUBE_CDI_NAMESPACE: 'openshift-cnv',
      LAB_KUBE_KUBEVIRT_NAMESPACE: 'openshift-cnv',
      LAB_KUBE_NETWORK_PLUGIN: '{"type":"ovn-k8s-cni-overlay","mtu":1300}',
    };
    expect(Schema.parse({ ...kubernetes, ...own })).toMatchObject({
      LAB_KUBE_DNS: { namespace: 'openshift-dns', podLabels: { dns: 'default' }, port: 5353 },
      LAB_KUBE_CDI_NAMESPACE: 'openshift-cnv',
      LAB_KUBE_KUBEVIRT_NAMESPACE: 'openshift-cnv',
      LAB_KUBE_NETWORK_PLUGIN: { type: 'ovn-k8s-cni-overlay', mtu: 1300 },
    });
  });

  it('takes the usual DNS where only a cache on the nodes is named', () => {
    const { LAB_KUBE_DNS } = Schema.parse({ ...kubernetes, LAB_KUBE_DNS: '{"cidrs":["169.254.20.10/32"]}' });
    expect(LAB_KUBE_DNS).toEqual({
      namespace: 'kube-system',
      podLabels: { 'k8s-app': 'kube-dns' },
      cidrs: ['169.254.20.10/32'],
    });
  });

  it.each([
    ['no JSON', 'LAB_KUBE_DNS', 'kube-dns', /^LAB_KUBE_DNS: must be JSON such as \{"namespace"/],
    ['pods of all kinds', 'LAB_KUBE_DNS', '{"podLabels":{}}', /^LAB_KUBE_DNS: podLabels: must name a label; must be/],
    ['an address that is no range', 'LAB_KUBE_DNS', '{"cidrs":["169.254.20.10"]}', /^LAB_KUBE_DNS: cidrs\.0: /],
    ['a mistyped name', 'LAB_KUBE_DNS', '{"label":{"a":"b"}}', /^LAB_KUBE_DNS: Unrecognized key: "label"; must be/],
    ['no namespace', 'LAB_KUBE_CDI_NAMESPACE', 'CDI_1', /^LAB_KUBE_CDI_NAMESPACE: must be the name of a namespace/],
    [
      'a plugin that would join labs',
      'LAB_KUBE_NETWORK_PLUGIN',
      '{"type":"macvlan","master":"eth0"}',
      /PLUGIN: type: /,
    ],
    [
      'a bridge for all labs',
      'LAB_KUBE_NETWORK_PLUGIN',
      '{"type":"bridge","bridge":"br0"}',
      /PLUGIN: Unrecognized key/,
    ],
    [
      'packets of no size',
      'LAB_KUBE_NETWORK_PLUGIN',
      '{"type":"bridge","mtu":9}',
      /PLUGIN: mtu: .*such as \{"type":"bridge"\}/,
    ],
  ])('names %s', (_, name, value, fault) => {
    expect(faultsOf({ ...kubernetes, [name]: value })).toEqual([expect.stringMatching(fault)]);
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
