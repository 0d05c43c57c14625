import { DATA_VARIABLE, PRODUCT_VARIABLE } from './product.ts';
import { startProduct } from './start-product.ts';

/** One product for the whole run, unless the environment names one that runs already. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env[PRODUCT_VARIABLE]) return async () => {};
  const started = await startProduct();
  process.env[PRODUCT_VARIABLE] = started.line;
  process.env[DATA_VARIABLE] = started.data;
  return () => started.stop();
}
