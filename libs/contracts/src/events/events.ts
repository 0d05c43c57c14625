import { eventRegistry } from '../messaging/registry.js';
import { imageEvents } from './image-events.js';
import { instructionEvents } from './instruction-events.js';
import { labEvents } from './lab-events.js';
import { userEvents } from './user-events.js';

/** Every event of the platform, by its type. */
export const events = eventRegistry([...labEvents, ...imageEvents, ...userEvents, ...instructionEvents]);
