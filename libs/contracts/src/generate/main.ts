import { writeFile } from 'node:fs/promises';
import { documents } from './documents.js';

const docs = new URL('../../../../docs/', import.meta.url);
await Promise.all(Object.entries(documents).map(([name, text]) => writeFile(new URL(name, docs), text())));
