// A browser drops what it is just loading when a network interface of its computer comes or goes: on the machine that
// runs the labs, with every system that starts or ends. A page that lost a part of itself is loaded again, a few times;
// main.tsx forgets the count once the page works.
addEventListener(
  'error',
  ({ target }) => {
    const isPart =
      target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === 'stylesheet');
    if (!isPart) return;
    const tries = Number(sessionStorage.getItem('lab.loads'));
    if (tries >= 5) return;
    sessionStorage.setItem('lab.loads', String(tries + 1));
    setTimeout(() => location.reload(), 300 * 2 ** tries);
  },
  true,
);
