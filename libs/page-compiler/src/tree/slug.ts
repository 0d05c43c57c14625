/** The anchor of a title, as links write it: `how-it-works`. Empty when the title has no letter. */
export const slugOf = (title: string) =>
  title
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
    .slice(0, 80);
