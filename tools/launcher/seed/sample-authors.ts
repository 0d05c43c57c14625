import { routes } from '@lab-orchestrator/contracts';
import { type ApiClient, ApiError } from './api-client.ts';
import type { Login } from './demo-people.ts';

/** Who imports the sample labs, and so sees the classes that work in them. */
export interface Authors {
  /** Undefined when the lab belongs to somebody whose password is not ours to know. */
  of(slug: string): ApiClient | undefined;
}

/** The demo lecturer is the author of the labs. One that the administrator imported stays the administrator's. */
export async function sampleAuthors(admin: ApiClient, people: readonly Login[], origin: ApiClient): Promise<Authors> {
  const lecturer = people.find(({ username }) => username === 'lecturer');
  const [author, { id }, { items }] = await Promise.all([
    lecturer && signedIn(origin, lecturer),
    admin.send('GET', routes.me.path).then((body) => routes.me.reply.parse(body)),
    admin.send('GET', `${routes.listLabs.path}?limit=200`).then((body) => routes.listLabs.reply.parse(body)),
  ]);
  const ofAdmin = new Set(items.filter(({ ownerId }) => ownerId === id).map(({ slug }) => slug));
  const known = new Set(items.map(({ slug }) => slug));
  return {
    of: (slug) => (ofAdmin.has(slug) ? admin : (author ?? (known.has(slug) ? undefined : admin))),
  };
}

async function signedIn(origin: ApiClient, { username, password }: Login): Promise<ApiClient | undefined> {
  try {
    return await origin.signIn(username, password);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined;
    throw error;
  }
}
