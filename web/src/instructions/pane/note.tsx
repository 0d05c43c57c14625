import type { ReactNode } from 'react';
import classes from './note.module.css';

/** Said once about all that follows, in a frame. */
export const Note = ({ children }: { children: ReactNode }) => <p className={classes.note}>{children}</p>;
