/** Where consoles are opened; behind one door with the API, this prefix is passed through untouched. */
export const consolePath = '/consoles/connect';
