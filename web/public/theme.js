/* Runs before the first paint, so that a dark page does not flash white. A file, because the CSP forbids inline scripts. */
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const chosen = read('lab.theme');
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  if (read('lab.contrast') === 'more' || matchMedia('(prefers-contrast: more)').matches) root.dataset.contrast = 'more';
  root.lang = read('lab.language') ?? (navigator.language.startsWith('de') ? 'de' : 'en');
})();
