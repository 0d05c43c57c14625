import { Injectable } from '@nestjs/common';

/** The time; specs set it. Postgres' own clock is not asked, so that both always agree. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** The instant some seconds from now; negative for the past. */
  in(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}
