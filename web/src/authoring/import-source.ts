import { call } from '../api/call.js';
import type { BodyFor, ReplyTo } from '../api/routes.js';
import { upload } from '../api/upload.js';

export type LabSource = { archive: File } | BodyFor<'importLab'>;
export type Progress = { step: 'packing' } | { step: 'sending'; percent: number } | { step: 'working' };
export type Outcome =
  | { done: 'checked'; result: ReplyTo<'validateLab'> }
  | { done: 'imported'; result: ReplyTo<'importLab'> };

type Tell = (progress: Progress) => void;

const formOf = (archive: File) => {
  const form = new FormData();
  form.set('archive', archive);
  return form;
};
const telling = (tell: Tell) => (percent: number) =>
  tell(percent < 100 ? { step: 'sending', percent } : { step: 'working' });

export async function checkLab(source: LabSource, tell: Tell): Promise<Outcome> {
  tell({ step: 'working' });
  const result =
    'archive' in source
      ? await upload('validateLab', { form: formOf(source.archive), onProgress: telling(tell) })
      : await call('validateLab', { body: source });
  return { done: 'checked', result };
}

export async function importLab(source: LabSource, idempotencyKey: string, tell: Tell): Promise<Outcome> {
  tell({ step: 'working' });
  const result =
    'archive' in source
      ? await upload('importLab', { form: formOf(source.archive), onProgress: telling(tell), idempotencyKey })
      : await call('importLab', { body: source, idempotencyKey });
  return { done: 'imported', result };
}
