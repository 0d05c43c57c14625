import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A lab's folder as a browser uploads it: a form with a zip. */
export async function labFolder(files: Record<string, string | Buffer>): Promise<FormData> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files))
    zip.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, path);
  zip.end();
  const form = new FormData();
  form.set('archive', new Blob([await buffer(zip.outputStream)], { type: 'application/zip' }), 'lab.zip');
  return form;
}

/** The file of a lab with one small system, `box`, for specs that are about its pages. */
export const boxLab = (id: string, title: string) => `apiVersion: lab/v1
id: ${id}
title: ${title}
systems:
  - name: box
    kind: container
    image: terminal
    memory: 64Mi
    access: [{ name: shell, kind: terminal }]
`;
