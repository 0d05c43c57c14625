import { addLearner } from './people.ts';
import { DATA_VARIABLE, parseProduct, PRODUCT_VARIABLE } from './product.ts';
import { startProduct } from './start-product.ts';

/** One product for the whole run, unless the environment names one that runs already. */
export default async function setup(): Promise<() => Promise<void>> {
  const running = process.env[PRODUCT_VARIABLE];
  if (running) {
    process.env[PRODUCT_VARIABLE] = await withSecondLearner(running);
    return async () => {};
  }
  const started = await startProduct();
  try {
    process.env[PRODUCT_VARIABLE] = await withSecondLearner(started.line);
    process.env[DATA_VARIABLE] = started.data;
  } catch (error) {
    await started.stop();
    throw error;
  }
  return () => started.stop();
}

/** Specs that run at the same time, in two workers, start the same labs: each worker is somebody else. */
async function withSecondLearner(line: string): Promise<string> {
  const { url, admin } = parseProduct(line);
  return JSON.stringify({ ...JSON.parse(line), secondLearner: await addLearner(url, admin, 'Second learner') });
}
