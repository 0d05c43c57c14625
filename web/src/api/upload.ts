import { routes } from 'virtual:contract';
import { problemError, unreachable } from './api-error.js';
import { withToken } from './call.js';
import type { CommonOptions, ReplyTo, RouteName } from './routes.js';
import { headersOf, urlOf, type LooseOptions } from './send.js';

interface Upload extends Pick<CommonOptions, 'signal' | 'idempotencyKey' | 'ifMatch' | 'ifNoneMatch'> {
  params?: Record<string, string>;
  form: FormData;
  onProgress: (percent: number) => void;
}

/** Sends files with progress, which `fetch` cannot tell. */
export function upload<N extends RouteName>(
  name: N,
  { params, form, onProgress, signal, idempotencyKey, ifMatch, ifNoneMatch }: Upload,
): Promise<ReplyTo<N>> {
  const options: LooseOptions = {
    form,
    ...(params && { params }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(ifMatch !== undefined && { ifMatch }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch }),
  };
  return withToken(
    (token) =>
      new Promise<ReplyTo<N>>((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open(routes[name].method, urlOf(name, options));
        for (const [header, value] of Object.entries(headersOf(name, options, token))) {
          request.setRequestHeader(header, value);
        }
        request.upload.addEventListener('progress', ({ loaded, total }) => onProgress((loaded / total) * 100));
        request.addEventListener('error', () => reject(unreachable()));
        request.addEventListener('abort', () => reject(new DOMException('Stopped', 'AbortError')));
        request.addEventListener('load', () => {
          if (request.status < 400) resolve(JSON.parse(request.responseText));
          else reject(problemError(request.status, request.responseText, request.getResponseHeader('retry-after')));
        });
        signal?.addEventListener('abort', () => request.abort());
        request.send(form);
      }),
  );
}
