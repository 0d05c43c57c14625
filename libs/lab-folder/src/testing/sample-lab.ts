/** A small correct lab: two containers, one machine, pages, a file, a picture. */
export const sampleLab = (changes: Record<string, string> = {}): Record<string, string> => ({
  'lab.yaml': `apiVersion: lab/v1
id: two-hosts
title: Two hosts
languages: [en]
session:
  deadline: 2h
  idle: 30m
  extend: { by: 30m, times: 2 }
variables:
  flag: { generate: hex, length: 16, secret: true }
  server_password: { generate: password, length: 12, secret: true }
  greeting: { value: hello }
networks:
  lan: {}
  dmz: { internet: true }
presets:
  tiny: { cpus: 0.25, memory: 128Mi }
systems:
  - name: attacker
    title: Your workstation
    kind: container
    image: terminal
    preset: tiny
    networks: [lan, dmz]
    environment: { TARGET: server, FLAG: "{{ flag }}" }
    files:
      - { path: /home/lab/readme.txt, from: files/readme.txt }
      - { path: /home/lab/hello.txt, content: "{{ greeting }} {{ user.name }}" }
    access:
      - { name: shell, kind: terminal }
  - name: server
    kind: vm
    memory: 256Mi
    networks: [lan]
    disks:
      - { name: root, image: small-vm, size: 4Gi }
      - { name: data, empty: 1Gi, bus: sata }
    cloudInit:
      userData: |
        #cloud-config
        users: [{ name: lab, plain_text_passwd: "{{ server_password }}", lock_passwd: false }]
    access:
      - { name: console, kind: serial }
      - { name: site, kind: web, port: 80 }
    credentials: { username: lab, password: "{{ server_password }}" }
`,
  'files/readme.txt': 'Welcome {{ user.name }}',
  'pages/en/01-start.md': `---
title: Start
---
:::step{#ping title="Ping the server"}
Open :system[the workstation]{name=attacker access=shell} at {{ system.server.address }}.

![The network](network.svg)
:::

[Again](#ping)
`,
  'pages/en/network.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  ...changes,
});

/** Files of a folder as the library takes them. */
export const filesOf = (folder: Record<string, string | Uint8Array>) =>
  new Map(Object.entries(folder).map(([path, content]) => [path, Buffer.from(content)] as const));
