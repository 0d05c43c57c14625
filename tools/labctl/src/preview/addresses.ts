const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** Where the preview has a page; `#anchor` leads to a step or a heading of it. */
export const pageAddress = (language: string, slug: string, anchor?: string): string =>
  `/pages/${encoded(language)}/${encoded(slug)}${anchor === undefined ? '' : `#${encodeURIComponent(anchor)}`}`;

/** Where the preview has a file of the lab that a page shows. */
export const fileAddress = (path: string): string => `/files/${encoded(path)}`;
