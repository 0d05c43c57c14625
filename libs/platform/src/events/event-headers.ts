/** Headers beside the CloudEvents body. */
export const eventHeaders = {
  /** Set by redrive: only this consumer handles the message again, everyone else passes it over. */
  redriveFor: 'Lab-Redrive-For',
} as const;

export const deadLetterHeaders = {
  subject: 'Lab-Original-Subject',
  consumer: 'Lab-Consumer',
  error: 'Lab-Error',
  deliveries: 'Lab-Deliveries',
  eventId: 'Lab-Event-Id',
} as const;
