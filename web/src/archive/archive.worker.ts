import { workOn, type ArchiveWork } from './archive-work.js';

addEventListener('message', ({ data }: MessageEvent<ArchiveWork>) => postMessage(workOn(data)));
