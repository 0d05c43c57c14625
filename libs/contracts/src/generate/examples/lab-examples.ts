import { image, lab, labVersion } from './sample-objects.js';

const git = { url: 'https://git.example.org/labs.git', ref: 'v3', path: 'first-steps' };
const finding = {
  severity: 'warning',
  file: 'lab.yaml',
  line: 4,
  column: 1,
  path: 'summary',
  code: 'summary_missing',
  message: 'A summary helps people to choose.',
} as const;

export const labExamples = {
  listLabs: { reply: { items: [lab] } },
  getLab: { reply: lab },
  listLabVersions: { reply: { items: [labVersion] } },
  importLab: {
    body: { git },
    reply: { lab, version: 3, digest: labVersion.digest, created: true, warnings: [finding] },
  },
  validateLab: {
    body: { git },
    reply: { valid: true, diagnostics: [finding], lab: { slug: lab.slug, title: lab.title } },
  },
  updateLab: { body: { visibility: 'course' }, reply: { ...lab, visibility: 'course', revision: 6 } },
  deleteLab: { reply: {} },
  listImages: { reply: { items: [image] } },
  getImage: { reply: image },
  createImage: {
    body: { name: image.name, title: image.title, container: image.source.reference },
    reply: { ...image, state: 'importing', percent: 0 },
  },
  uploadImage: { reply: { ...image, state: 'importing' } },
  retryImage: { reply: { ...image, state: 'importing' } },
  deleteImage: { reply: {} },
} as const;
