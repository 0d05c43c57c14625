import { NothingHere } from '../ui/nothing-here.js';
import classes from '../ui/page.module.css';

export function NotFoundPage() {
  return (
    <main className={classes.page} data-width="narrow">
      <NothingHere />
    </main>
  );
}
