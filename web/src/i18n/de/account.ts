import type { Texts } from '../en/index.js';

export const login: Texts['login'] = {
  title: 'Anmelden',
  username: 'Benutzername',
  password: 'Passwort',
  submit: 'Anmelden',
  wrong: 'Benutzername oder Passwort stimmt nicht.',
  tooMany: 'Zu viele Versuche. Versuchen Sie es in {{seconds}} s noch einmal.',
  expired: 'Sie wurden abgemeldet, weil Ihre Anmeldung abgelaufen war. Ihre Labs sind weitergelaufen.',
  signedOut: 'Sie sind abgemeldet.',
  lead: 'Praktische Computer-Labs im Browser.',
};
export const invitation: Texts['invitation'] = {
  title: 'Willkommen',
  lead: 'Wählen Sie ein Passwort für Ihr Konto. Danach melden Sie sich damit an.',
  password: 'Neues Passwort',
  repeat: 'Passwort wiederholen',
  hint: 'Mindestens 12 Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.',
  tooShort: 'Es braucht mindestens 12 Zeichen.',
  differs: 'Die beiden Passwörter sind verschieden.',
  submit: 'Passwort festlegen',
  done: 'Ihr Passwort ist festgelegt.',
  toLogin: 'Zur Anmeldung',
  missing: 'Dieser Link ist unvollständig. Öffnen Sie ihn noch einmal aus Ihrer Einladung.',
  refused: 'Dieser Link wurde schon benutzt oder ist zu alt. Bitten Sie um einen neuen.',
};
