/** What a person may be, with the least rights first. */
export const roles = ['learner', 'lecturer', 'admin'] as const;
export type Role = (typeof roles)[number];
