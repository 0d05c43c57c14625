export { directivePayloads } from './directive-payloads.fixture.js';
export { htmlPayloads } from './html-payloads.fixture.js';
export { urlPayloads } from './url-payloads.fixture.js';
