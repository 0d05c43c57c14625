/** Milliseconds since 1970 with fractions: comparable between processes of one machine, unlike `performance.now()`. */
export const wallClockMs = () => performance.timeOrigin + performance.now();
