import { LabCheck, type CheckQuestion } from './lab-check.js';

const check = new LabCheck();
postMessage(LabCheck.schema());
addEventListener('message', ({ data }: MessageEvent<CheckQuestion>) => postMessage(check.answer(data)));
