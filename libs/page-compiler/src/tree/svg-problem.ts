const problems: Array<[pattern: RegExp, what: string]> = [
  [/<(?:[a-z0-9]{1,20}:)?script[\s>/]/i, 'a script'],
  [/<(?:[a-z0-9]{1,20}:)?(?:foreignObject|iframe|embed|object|handler|listener)[\s>/]/i, 'foreign content'],
  [/[\s"'/]on[a-z]{2,30}\s{0,20}=/i, 'an event handler'],
  [/(?:java|vb)script\s{0,20}:/i, 'a script address'],
  [
    /[\s"'/:]href\s{0,20}=\s{0,20}["']?\s{0,20}(?:[a-z]{2,20}:(?!image\/(?:png|jpeg|gif|webp);)|\/\/)/i,
    'a link that leaves the picture',
  ],
  [/<!ENTITY/i, 'an entity'],
  [/<\?xml-stylesheet|@import/i, 'a foreign style sheet'],
];

/** What an SVG picture must not hold, or undefined. Browsers run nothing in an `<img>`, but pictures can be opened alone. */
export const svgProblem = (svg: string): string | undefined => problems.find(([pattern]) => pattern.test(svg))?.[1];
