export interface Login {
  username: string;
  password: string;
}

/** The product under test: where it is, and who may sign in. */
export interface Product {
  url: string;
  admin: Login;
  lecturer: Login;
  learner: Login;
  secondLearner?: Login;
}

/** One line of JSON, as `npm start -- --json` prints it. Set by the global set-up, or by you to test one that runs. */
export const PRODUCT_VARIABLE = 'LAB_E2E_PRODUCT';

/** The data folder of the product under test, for looking at what it leaves behind. */
export const DATA_VARIABLE = 'LAB_E2E_DATA';

export function productData(): string {
  const data = process.env[DATA_VARIABLE];
  if (data === undefined) throw new Error('productData() needs the global set-up, or the folder in LAB_E2E_DATA');
  return data;
}

/** The running product. It is started once for all specs; the learner is this worker's own. */
export function product(): Product {
  const line = process.env[PRODUCT_VARIABLE];
  if (line === undefined) throw new Error('product() needs the global set-up of the test project "e2e"');
  const parsed = parseProduct(line);
  return process.env['VITEST_POOL_ID'] === '2'
    ? { ...parsed, learner: parsed.secondLearner ?? parsed.learner }
    : parsed;
}

/** Reads what `npm start -- --json` printed. */
export function parseProduct(line: string): Product {
  const { url, admin, people, secondLearner } = JSON.parse(line) as Omit<Product, 'lecturer' | 'learner'> & {
    people: Login[];
  };
  const find = (username: string): Login => {
    const login = people.find((person) => person.username === username);
    if (login === undefined) throw new Error(`the product has no demo login "${username}"`);
    return login;
  };
  return { url, admin, lecturer: find('lecturer'), learner: find('learner'), ...(secondLearner && { secondLearner }) };
}
