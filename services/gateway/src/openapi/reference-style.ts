export const referenceStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; grid-template-columns: 13rem minmax(0, 1fr); }
nav { padding: 1.5rem 1rem; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; }
nav ul { list-style: none; padding: 0; margin: 0; }
nav a { display: block; padding: .3rem 0; }
main { padding: 1rem 2rem 4rem; max-width: 60rem; }
details { border: 1px solid #8884; border-radius: .4rem; margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.2rem; }
summary span { opacity: .8; margin-left: .5rem; }
pre { overflow: auto; padding: .8rem; border-radius: .4rem; background: #8881; font-size: .85rem; max-height: 30rem; }
table { border-collapse: collapse; } td { padding: .2rem .8rem .2rem 0; vertical-align: top; overflow-wrap: anywhere; }
caption { text-align: left; font-weight: 600; }
.get { color: #1a7f4b; } .post { color: #1d5fd1; } .put, .patch { color: #9a6200; } .delete { color: #c02b2b; }
@media (prefers-color-scheme: dark) { .get { color: #5fd39a; } .post { color: #82aaff; } .put, .patch { color: #f0b35a; } .delete { color: #ff8b8b; } }
@media (max-width: 50rem) { body { display: block; } nav { position: static; } main { padding: 1rem; } }
`;
