/**
 * What a refusal of the API means, by its code. English pages show the words of the server, and so do German ones for
 * what is missing here: codes whose words name what is wrong (`invalid_request`), and those that a page or the status
 * (403, 412, 429) has words for.
 */
export const refusals: Readonly<Record<string, string>> = {
  unauthenticated: 'Sie sind nicht mehr angemeldet. Melden Sie sich bitte neu an.',
  invalid_token: 'Sie sind nicht mehr angemeldet. Melden Sie sich bitte neu an.',
  session_ended: 'Sie sind nicht mehr angemeldet. Melden Sie sich bitte neu an.',
  idempotency_key_in_use: 'Das wird gerade schon ausgeführt. Warten Sie einen Moment.',
  idempotency_key_reused: 'Das wurde schon mit anderen Angaben abgeschickt. Laden Sie die Seite neu.',
  too_large: 'Das ist größer, als diese Plattform annimmt. Die Grenze kennt die Person, die diese Plattform betreibt.',

  not_found: 'Das gibt es nicht, oder es ist nicht für Sie freigegeben.',
  lab_not_found: 'Dieses Lab gibt es nicht, oder es ist nicht für Sie freigegeben.',
  session_not_found: 'Diese Sitzung gibt es nicht, oder sie ist nicht für Sie freigegeben.',
  system_not_found: 'Dieses System gibt es hier nicht.',
  image_not_found: 'Dieses Image gibt es nicht mehr.',
  file_not_found: 'Diese Datei gibt es nicht, oder sie ist nicht für Sie freigegeben.',
  blob_not_found: 'Diese Datei gibt es nicht oder nicht mehr.',
  page_not_found: 'Diese Seite der Anleitung gibt es nicht.',
  step_not_found: 'Diesen Schritt der Anleitung gibt es nicht.',
  member_not_found: 'Diese Person hat hier keinen Zugang, oder es gibt sie nicht mehr.',
  person_not_found: 'Diese Person gibt es hier nicht.',
  user_not_found: 'Diese Person gibt es nicht.',
  token_not_found: 'Diesen Token gibt es nicht mehr.',

  session_open: 'Sie haben schon eine offene Sitzung dieses Labs.',
  lab_archived: 'Dieses Lab ist archiviert und lässt sich nicht starten.',
  lab_unsupported: 'Dieses Lab kann auf dieser Plattform nicht laufen. Sagen Sie es Ihrer Lehrkraft oder dem Betrieb:',
  lab_too_large: 'Dieses Lab braucht mehr, als diese Plattform hat. Sagen Sie es Ihrer Lehrkraft oder dem Betrieb.',
  too_many_waiting: 'Es warten schon so viele Ihrer Sitzungen auf einen Platz, wie warten dürfen.',
  pause_not_allowed: 'Dieses Lab darf nicht pausiert werden.',
  no_extensions_left: 'Diese Sitzung wurde schon so oft verlängert, wie ihr Lab es erlaubt.',
  not_possible_now: 'Das geht nicht in dem Zustand, in dem die Sitzung gerade ist.',
  system_not_ready: 'Dieses System ist noch nicht erreichbar. Warten Sie einen Moment.',
  system_unreachable: 'Dieses System nimmt keine Befehle an. Warten Sie, bis es läuft.',
  system_busy: 'In diesem System läuft gerade eine andere Prüfung. Versuchen Sie es gleich noch einmal.',
  owner_is_no_member: 'Dieser Person gehört die Sitzung. Sie darf darin schon alles.',
  too_many_members: 'Mehr Personen können zu dieser Sitzung keinen Zugang bekommen.',

  session_not_ready: 'Die Systeme dieser Sitzung laufen nicht.',
  session_over: 'Diese Sitzung ist pausiert oder beendet. Der Fortschritt bleibt, wie er ist.',
  no_checks: 'Bei diesem Schritt gibt es nichts zu prüfen.',
  no_more_hints: 'Alle Hinweise zu diesem Schritt sind schon offen.',
  no_attempts_left: 'Es ist kein Versuch mehr übrig.',
  already_answered: 'Diese Frage ist schon beantwortet.',
  step_not_by_hand: 'Dieser Schritt ist erledigt, sobald seine Prüfungen bestanden sind oder er beantwortet ist.',

  git_unreachable:
    'Unter dieser Adresse ist kein Repository lesbar. Sie muss mit https:// beginnen und ohne Anmeldung aus dem offenen Internet erreichbar sein.',
  git_ref_not_found: 'Diesen Branch, Tag, Commit oder Ordner gibt es im Repository nicht, oder es ist leer.',
  image_name_taken: 'Ein Image mit diesem Namen gibt es schon. Wählen Sie einen anderen Namen.',
  image_has_disk: 'Dieses Image hat schon eine Platte. Fügen Sie ein weiteres Image hinzu.',
  image_not_failed: 'Nur ein fehlgeschlagener Import lässt sich noch einmal versuchen.',
  image_in_use: 'Die neueste Version mindestens eines Labs benutzt dieses Image.',

  username_taken: 'Dieser Benutzername ist vergeben. Wählen Sie einen anderen.',
  user_disabled: 'Diese Person ist gesperrt.',
  last_admin: 'Das ist die letzte Person mit der Rolle Administration.',
  too_many_tokens: 'Mehr Token können Sie nicht haben. Widerrufen Sie zuerst einen.',
  not_possible_here: 'Hier kann nichts das Entfernen einer Sitzung festhalten.',
  removal_not_held:
    'Nichts hält das Entfernen dieser Sitzung fest. Beenden Sie sie, und erzwingen Sie nur, was dann nicht verschwindet.',
};
