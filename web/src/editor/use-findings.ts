import type { CheckOptions } from '@lab-orchestrator/lab-folder/check';
import { useMemo } from 'react';
import { useMe } from '../auth/use-me.js';
import { useChecked } from './check/use-checked.js';
import type { LabFiles } from './model/lab-files.js';
import { useImageKinds } from './model/use-image-kinds.js';

/** What the server would say to these files from this person, and what is needed to complete words. */
export function useFindings(files: LabFiles) {
  const { isAdmin } = useMe();
  const images = useImageKinds();
  const options = useMemo((): CheckOptions | undefined => {
    const rights = { allowReferences: isAdmin, allowKubernetesObjects: isAdmin };
    // Without the list names of images are not checked; the server does it when the lab is saved.
    if (images.error !== null && images.data === undefined) return rights;
    if (images.data === undefined) return undefined;
    return { ...rights, images: new Map(images.data.map(({ name, kind }) => [name, kind] as const)) };
  }, [isAdmin, images.data, images.error]);
  const live = useChecked(files, options);
  const errors = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { file, severity } of live.diagnostics ?? [])
      if (severity === 'error') counts.set(file, (counts.get(file) ?? 0) + 1);
    return counts;
  }, [live.diagnostics]);
  return { live, errors, images: images.data ?? noImages, withoutImages: images.error !== null };
}

const noImages: { name: string; kind: 'container' | 'disk' }[] = [];
