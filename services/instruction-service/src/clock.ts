import { Injectable } from '@nestjs/common';

/** The time; specs set it. Postgres' own clock is not asked, so that both always agree. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
