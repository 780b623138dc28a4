# Die Seiten. Wir sagen „Sie“; die Sätze sind kurz; ein zehnjähriges Kind muss sie verstehen.

## Überall

walk-recover = Zurück in Ihr Konto
walk-security = Sicherheitsangaben
walk-demo = Die Nachrichten der Demo
language-label = Sprache
help-label = Hilfe
error-title = Fehler: { $title }
summary-title = Da stimmt noch etwas nicht
who-label = Konto:
who-change = Wechseln
who-change-full = Konto wechseln
trail-label = Schritte
trail-proof = Nachweis { $n }
trail-proof-only = Nachweis
trail-password = Neues Passwort
trail-done = erledigt
button-next = Weiter
button-cancel = Abbrechen
button-show = Anzeigen
button-method = Anderer Weg
button-finish = Fertig
button-sign-in = Anmelden
button-more-time = Mehr Zeit bekommen
contact-the-helpdesk = Das Sekretariat fragen
page-waits = Diese Seite wartet auf Sie bis { $moment }.
form-not-valid = Diese Seite war zu lange offen. Es wurde nichts gesendet. Bitte versuchen Sie es noch einmal.
footer-helpdesk = An das Sekretariat schreiben
footer-messages = Die Nachrichten der Demo
footer-privacy = Ihre Daten
footer-accessibility = Barrierefreiheit
secretariat-title = Das Sekretariat hilft Ihnen
secretariat-write = Eine Nachricht schreiben

# Ein verdeckter Kontakt, für alle, die sich die Seite vorlesen lassen. Steht auch im Satz: „eine Nummer mit 67 am Ende“.
mask-phone = mit { $digits } am Ende
mask-email = mit { $first } am Anfang, bei { $domain }
mask-email-alone = mit { $first } am Anfang
line-email = Adresse
line-mobile = Handy
line-office = Telefon bei der Arbeit

wait-seconds =
    { $n ->
        [one] { $n } Sekunde
       *[other] { $n } Sekunden
    }
wait-minutes =
    { $n ->
        [one] { $n } Minute
       *[other] { $n } Minuten
    }

## Was gerade passiert ist

notice-not-a-number = Das ist keine vollständige Telefonnummer. Zählen Sie die Ziffern und versuchen Sie es noch einmal.
notice-not-an-address = Das ist keine vollständige E-Mail-Adresse. Es fehlt vielleicht das @, wie in name@beispiel.be.
notice-does-not-fit = Das ist nicht der Kontakt, der hier steht. Bitte prüfen Sie ihn.
notice-does-not-fit-phone = Wir erwarten eine Nummer { $mask }. Bitte prüfen Sie Ihre Nummer.
notice-does-not-fit-email = Wir erwarten eine Adresse { $mask }. Bitte prüfen Sie Ihre Adresse.
notice-code-wrong =
    { $n ->
        [one] Das ist nicht der richtige Code. Sie haben noch einen Versuch.
       *[other] Das ist nicht der richtige Code. Sie haben noch { $n } Versuche.
    }
notice-not-a-code = Geben Sie nur die Ziffern des Codes ein. Dieser Versuch zählt nicht.
notice-code-expired = Dieser Code gilt nicht mehr. Fordern Sie einen neuen Code an.
notice-wait = Es gab im Moment zu viele falsche Versuche, von Ihnen oder von jemand anderem. Diesen haben wir nicht geprüft. Versuchen Sie es in { $wait } wieder.
notice-no-more-messages = Wir können im Moment keine Codes mehr an diesen Kontakt senden. Wählen Sie einen anderen Weg.
notice-passwords-differ = Die beiden Passwörter sind verschieden. Geben Sie zweimal dasselbe ein.
notice-directory-away = Der Kontodienst antwortet nicht. Ihr Passwort ist noch dasselbe. Warten Sie eine Minute und versuchen Sie es dann noch einmal.
notice-not-written = Ihr Passwort konnte nicht gespeichert werden. Das alte gilt weiter. Geben Sie das neue noch einmal ein.
notice-not-yet = Ein Code ist schon unterwegs. Einen anderen können Sie in { $wait } anfordern.
notice-fresh-code = Ein neuer Code ist unterwegs. Der alte gilt nicht mehr.
notice-more-time = In Ordnung. Sie haben Zeit bis { $moment }.
notice-more-time-plain = In Ordnung. Sie haben mehr Zeit.
notice-gate-passed = Das stimmt. Ein Schritt ist geschafft!

## Anmelden

sign-in-title = Anmelden
sign-in-summary = Sie sind noch nicht angemeldet
sign-in-password = Passwort
sign-in-show = Das Passwort anzeigen
sign-in-recover = Klappt die Anmeldung nicht?
sign-in-recover-hint = Wählen Sie in zwei Minuten ein neues Passwort.
sign-in-empty = Geben Sie Ihren Benutzernamen und Ihr Passwort ein.
sign-in-wrong = Der Benutzername oder das Passwort stimmt nicht. Bitte prüfen Sie beide.
sign-in-paused = Es gab zu viele Versuche. Versuchen Sie es ab { $moment } wieder.
sign-in-directory-away = Der Kontodienst antwortet nicht. Versuchen Sie es in ein paar Minuten wieder.
sign-in-after-sign-out = Sie sind abgemeldet.
sign-in-after-time-out = Sie haben lange nichts getan. Wir haben Sie abgemeldet, um Ihr Konto zu schützen.

signed-in-title = Guten Tag, { $name }!
signed-in-as = Sie sind mit dem Konto { $user } angemeldet.
signed-in-changed = Ihr Passwort wurde geändert.
signed-in-change = Passwort ändern
signed-in-sign-out = Abmelden
signed-in-forget = Abmelden und dieses Gerät vergessen
signed-in-shared = Benutzt noch jemand dieses Gerät? Melden Sie sich ab, wenn Sie fertig sind.

## Welches Konto

realm-title = Was für ein Konto haben Sie?
realm-lead = Wählen Sie das Konto, in das Sie wieder wollen.
realm-unsure-title = Nicht sicher?
realm-unsure = Fragen Sie das Sekretariat: Dort weiß man, welches Konto Ihres ist.

identify-title = Welches ist Ihr Konto?
identify-lead = Wir prüfen, ob Sie es wirklich sind. Danach wählen Sie ein neues Passwort. Halten Sie Ihr Telefon bereit.
identify-realm = Art des Kontos
identify-label = E-Mail-Adresse oder Benutzername
identify-hint = Was Sie beim Anmelden eingeben.
identify-hint-example = Was Sie beim Anmelden eingeben, zum Beispiel { $example }.
identify-summary = Prüfen Sie Ihren Benutzernamen
identify-empty = Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.
identify-not-a-user-name = Das ist kein Benutzername. Er ist zu lang, oder er enthält ein Zeichen, das nicht erlaubt ist.
identify-unknown = Niemand hat hier diesen Benutzernamen. Prüfen Sie, wie Sie ihn geschrieben haben. Stimmt er, wenden Sie sich an das Sekretariat.
identify-forgot-title = Sie kennen Ihren Benutzernamen nicht?
identify-forgot = Oft ist es der Anfang Ihrer E-Mail-Adresse. Sonst fragen Sie das Sekretariat.

## Warten, wenn sehr viele auf einmal kommen

wait-title = Einen Moment, bitte
wait-summary = Sie sind noch nicht an der Reihe
wait-not-yet = Warten Sie noch { $wait } und drücken Sie dann auf „Weiter“.
wait-what = Gerade kommen sehr viele Leute auf einmal. Um alle Konten zu schützen, lassen wir sie nacheinander hinein.
wait-now = Warten Sie { $wait } und drücken Sie dann auf „Weiter“. Lassen Sie diese Seite offen: Sie behält Ihren Platz.
wait-full-title = Hier ist gerade sehr viel los
wait-full-what = Gerade kommen sehr viele Leute auf einmal, und alle Plätze in der Schlange sind vergeben. Es hat sich nichts geändert.
wait-full-now = Warten Sie { $wait } und drücken Sie dann auf „Noch einmal versuchen“.
wait-script = Wenn Sie JavaScript einschalten, müssen Sie nicht warten.
wait-help = Ist es dringend? Warten Sie nicht, fragen Sie das Sekretariat.
wait-go-on = Weiter
wait-try-again = Noch einmal versuchen
work-now = Einen Moment: Ihr Browser macht eine kurze Prüfung. Danach geht es auf dieser Seite von selbst weiter.
work-soon = Einen Moment: Ihr Browser beendet eine kurze Prüfung. Danach geht es auf dieser Seite von selbst weiter.

## Wie man es nachweist

method-title = Wie zeigen Sie uns, dass Sie es sind?
method-title-again = Wie zeigen Sie es uns noch einmal?
method-lead-only = Wählen Sie einen Weg. Sie bekommen einen Code und geben ihn hier ein.
method-lead-first = Wählen Sie einen ersten Weg. Danach fragen wir nach einem zweiten.
method-lead-more = Wählen Sie einen anderen Weg. Danach fragen wir noch nach einem.
method-lead-last = Wählen Sie einen anderen Weg. Das ist der letzte Nachweis.
method-summary = Wählen Sie einen anderen Weg
method-email = Eine E-Mail bekommen
method-sms = Eine SMS bekommen
method-call = Einen Anruf bekommen
method-none = Keiner von diesen Wegen
method-none-hint = Ich kann sie nicht benutzen
method-unknown-title = Sie erkennen nichts davon?
method-unknown = Vielleicht ist Ihr Benutzername falsch geschrieben. { $link }.
method-unknown-link = Prüfen Sie ihn
method-unable-title = Sie können keinen dieser Wege benutzen?
method-unable = Fragen Sie das Sekretariat: Dort kennt man Sie.

## Der ganze Kontakt

contact-title-mobile = Wie ist Ihre Handynummer?
contact-title-office = Wie ist Ihre Nummer bei der Arbeit?
contact-title-email = Wie ist Ihre E-Mail-Adresse?
contact-lead-phone = Wir erwarten eine Nummer { $mask }. Geben Sie sie ganz ein, dann bekommen Sie den Code.
contact-lead-email = Wir erwarten eine Adresse { $mask }. Geben Sie sie ganz ein, dann bekommen Sie den Code.
contact-label-mobile = Handynummer
contact-label-office = Telefonnummer
contact-label-email = E-Mail-Adresse
contact-hint-phone = Mit oder ohne Leerzeichen. Aus einem anderen Land beginnen Sie mit + und der Landesvorwahl.
contact-hint-phone-example = Mit oder ohne Leerzeichen, zum Beispiel { $home } oder { $abroad }.
contact-hint-email = Ihre andere Adresse, nicht die des Kontos, in das Sie wieder wollen.
contact-send-sms = SMS senden
contact-send-call = Rufen Sie mich an
contact-send-email = E-Mail senden
contact-summary-phone = Prüfen Sie Ihre Nummer
contact-summary-email = Prüfen Sie Ihre Adresse
contact-changed-phone = Haben Sie eine neue Nummer? Wählen Sie einen anderen Weg oder fragen Sie das Sekretariat.
contact-changed-email = Haben Sie eine neue Adresse? Wählen Sie einen anderen Weg oder fragen Sie das Sekretariat.

## Der Code

code-title-email = Geben Sie den Code aus der E-Mail ein
code-title-sms = Geben Sie den Code aus der SMS ein
code-title-call = Geben Sie den Code ein, den Sie am Telefon hören
code-lead-email = Angefordert um { $time } für die Adresse { $contact }. Der Code kommt innerhalb einer Minute.
code-lead-sms = Angefordert um { $time } für die Nummer { $contact }. Der Code kommt innerhalb einer Minute.
code-lead-call = Angefordert um { $time } für die Nummer { $contact }. Das Telefon klingelt innerhalb einer Minute.
code-lead-email-typed = Angefordert um { $time } für { $contact } ({ $correct }). Wenn das die Adresse dieses Kontos ist, kommt der Code innerhalb einer Minute.
code-lead-sms-typed = Angefordert um { $time } für { $contact } ({ $correct }). Wenn das die Nummer dieses Kontos ist, kommt der Code innerhalb einer Minute.
code-lead-call-typed = Angefordert um { $time } für { $contact } ({ $correct }). Wenn das die Nummer dieses Kontos ist, klingelt das Telefon innerhalb einer Minute.
code-correct = korrigieren
code-label = Code mit { $n } Ziffern
code-hint = Gilt bis { $time }. Verraten Sie ihn niemandem.
code-summary = Prüfen Sie Ihren Code
code-fresh = Neuer Code
code-fresh-call = Noch einmal anrufen
code-fresh-wait = Nichts bekommen? Einen neuen Code gibt es in { $wait }.
code-fresh-soon = Einen neuen Code gibt es in 30 Sekunden.
code-fresh-now = Nichts bekommen? Sie können einen neuen Code anfordern.
code-missing-email = Sehen Sie auch im Spam-Ordner nach.
code-missing-sms = Prüfen Sie, ob Ihr Telefon Netz hat.
code-missing-call = Nehmen Sie ab und drücken Sie die Taste, die angesagt wird. Eine Stimme sagt den Code zweimal.
code-problem = Haben Sie ein Problem?
code-other-method = Einen anderen Weg benutzen
code-receive-fresh = Einen neuen Code bekommen

## Das neue Passwort

password-title = Wählen Sie ein neues Passwort
password-advice = Ein Tipp: Nehmen Sie vier Wörter, die nichts miteinander zu tun haben. Dazu einen Großbuchstaben, eine Ziffer und ein Sonderzeichen.
password-label = Neues Passwort
password-again-label = Geben Sie es noch einmal ein
password-show-new = Das neue Passwort anzeigen
password-show-again = Die zweite Eingabe anzeigen
password-summary = Ihr Passwort wurde noch nicht geändert
strength-label = Dieses Passwort ist
strength-1 = schwach
strength-2 = mittel
strength-3 = gut
strength-4 = stark
rules-title = Die Regeln
rule-met = ja
rule-unmet = noch nicht
rule-min-length = { $n } bis { $m } Zeichen
rule-min-length-only = { $n } Zeichen oder mehr
rule-max-length = Höchstens { $m } Zeichen
rule-min-upper =
    { $n ->
        [one] Ein Großbuchstabe
       *[other] { $n } Großbuchstaben
    }
rule-min-lower =
    { $n ->
        [one] Ein Kleinbuchstabe
       *[other] { $n } Kleinbuchstaben
    }
rule-min-digits =
    { $n ->
        [one] Eine Ziffer
       *[other] { $n } Ziffern
    }
rule-min-symbols =
    { $n ->
        [one] Ein Sonderzeichen (! oder ?)
       *[other] { $n } Sonderzeichen (! oder ?)
    }
rule-not-user-name = Ohne Ihren Namen
rule-min-strength = Schwer zu erraten
rule-common = Kein allzu bekanntes Passwort

refused-empty = Geben Sie ein neues Passwort ein.
refused-min-length = Es ist zu kurz.
refused-max-length = Es ist zu lang.
refused-min-upper = Es fehlt ein Großbuchstabe.
refused-min-lower = Es fehlt ein Kleinbuchstabe.
refused-min-digits = Es fehlt eine Ziffer.
refused-min-symbols = Es fehlt ein Sonderzeichen, zum Beispiel ! oder ?
refused-not-user-name = Es enthält Ihren Namen. Wählen Sie andere Wörter.
refused-min-strength = Es ist zu leicht zu erraten. Fügen Sie ein oder zwei Wörter hinzu.
refused-common = Zu viele Leute benutzen dieses Passwort. Man kann es leicht erraten.
refused-directory-too-short = Ihre Organisation verlangt ein längeres Passwort. Fügen Sie ein oder zwei Wörter hinzu.
refused-directory-in-history = Dieses Passwort haben Sie schon einmal benutzt. Wählen Sie ein ganz neues.
refused-directory-too-simple = Ihre Organisation findet dieses Passwort zu einfach. Fügen Sie ein Wort, eine Ziffer oder ein Sonderzeichen hinzu.
refused-directory-too-young = Ihr Passwort wurde erst vor Kurzem geändert. Sie müssen warten, bis Sie es wieder ändern können. Das Sekretariat kann Ihnen helfen.
refused-directory-change-not-allowed = Dieses Konto darf sein Passwort nicht selbst ändern. Das Sekretariat kann Ihnen helfen.
refused-directory-refused = Der Kontodienst nimmt dieses Passwort nicht an. Versuchen Sie ein anderes, längeres.
refused-other = Dieses Passwort passt nicht. Versuchen Sie ein anderes, längeres.

## Fertig

done-title = Ihr Passwort wurde geändert
done-what = Sie können sich jetzt gleich mit Ihrem neuen Passwort anmelden.
done-not-you-title = Waren Sie das nicht?
done-not-you = Wir senden eine Nachricht an alle Ihre Kontakte. Darin steht, was zu tun ist.
done-devices = Ihr Telefon oder Tablet fragt wieder nach einem Passwort? Geben Sie das neue ein.

## Hier geht es nicht weiter

stopped-now-title = Was können Sie jetzt tun?
stopped-help-title = Brauchen Sie Hilfe?
stopped-call = Fragen Sie das Sekretariat.
stopped-call-reference = Fragen Sie das Sekretariat und nennen Sie diese Referenz: { $reference }.
stopped-start-again = Neu beginnen
stopped-sign-in = Zurück zur Anmeldung
stopped-look = Noch einmal nachsehen

stopped-too-many-attempts-title = Zu viele falsche Codes
stopped-too-many-attempts-what = Zum Schutz dieses Kontos haben wir nach mehreren falschen Codes aufgehört. Das Passwort ist noch dasselbe.
stopped-too-many-attempts-now = Sie können neu beginnen. Prüfen Sie zuerst Ihren Benutzernamen und nehmen Sie immer den letzten Code, den Sie bekommen haben.

stopped-paused-title = Zu viele Versuche
stopped-paused-what = Zum Schutz der Konten machen wir eine Pause bis { $until }. Das Passwort ist noch dasselbe.
stopped-paused-now = Kommen Sie ab { $until } wieder. Prüfen Sie zuerst Ihren Benutzernamen und beginnen Sie dann neu. Ist es dringend? Dann warten Sie nicht und fragen Sie das Sekretariat.

stopped-too-late-title = Die Zeit ist um
stopped-too-late-what = Diese Seite hat lange gewartet. Wir haben sie geschlossen, um dieses Konto zu schützen. Das Passwort ist noch dasselbe.
stopped-too-late-now = Beginnen Sie neu, wann Sie wollen. Sie bekommen dann neue Codes.

stopped-no-method-title = Das Sekretariat hilft Ihnen
stopped-no-method-what = Sie können keinen dieser Wege benutzen. Das ist nicht schlimm. Das Passwort ist noch dasselbe.
stopped-no-method-now = Fragen Sie das Sekretariat. Dort prüft man, wer Sie sind, und hilft Ihnen zurück in Ihr Konto.

stopped-cancelled-title = Sie haben abgebrochen
stopped-cancelled-what = Es hat sich nichts geändert. Ihr Passwort ist noch dasselbe.
stopped-cancelled-now = Sie können neu beginnen, wann Sie wollen.

stopped-too-few-methods-title = Es fehlt ein Kontakt
stopped-too-few-methods-what = Ihr Code war richtig. Aber wir brauchen noch einen Nachweis, und dieses Konto hat zu wenige Kontakte. Das Passwort ist noch dasselbe.
stopped-too-few-methods-at-once = Um sicher zu sein, dass Sie es sind, brauchen wir mehr Kontakte, als dieses Konto hat. Das Passwort ist noch dasselbe.
stopped-too-few-methods-now = Bitten Sie das Sekretariat, eine Handynummer oder eine E-Mail-Adresse einzutragen. Danach beginnen Sie hier neu.

stopped-disabled-title = Dieses Konto ist gesperrt
stopped-disabled-what = Ihr Code war richtig. Aber dieses Konto ist im Moment geschlossen, und ein neues Passwort würde daran nichts ändern. Das Passwort ist noch dasselbe.
stopped-disabled-at-once = Dieses Konto ist im Moment geschlossen, und ein neues Passwort würde daran nichts ändern. Das Passwort ist noch dasselbe.
stopped-disabled-now = Bitten Sie das Sekretariat, Ihr Konto zu öffnen. Danach beginnen Sie hier neu.

stopped-reported-title = Dieses Konto ist im Moment geschützt
stopped-reported-what = Ihr Code war richtig. Aber jemand hat für dieses Konto gemeldet: „Das war ich nicht“. Deshalb machen wir eine Pause. Das Passwort ist noch dasselbe.
stopped-reported-at-once = Jemand hat für dieses Konto gemeldet: „Das war ich nicht“. Deshalb machen wir eine Pause. Das Passwort ist noch dasselbe.
stopped-reported-now = Fragen Sie das Sekretariat. Dort klärt man es mit Ihnen und kann die Pause beenden.

stopped-fresh-contacts-title = Ein Kontakt ist neu
stopped-fresh-contacts-what = Ihr Code war richtig. Aber eine E-Mail-Adresse oder Telefonnummer dieses Kontos ist neu. Zu Ihrem Schutz zählt sie erst ab { $until }. Das Passwort ist noch dasselbe.
stopped-fresh-contacts-at-once = Eine E-Mail-Adresse oder Telefonnummer dieses Kontos ist neu. Zum Schutz zählt sie erst ab { $until }. Das Passwort ist noch dasselbe.
stopped-fresh-contacts-now = Kommen Sie ab { $until } wieder. Ist es dringend? Dann warten Sie nicht und fragen Sie das Sekretariat.

stopped-proofs-void-title = Bitte beginnen Sie neu
stopped-proofs-void-what = Während Sie hier waren, hat sich etwas geändert: ein Kontakt dieses Kontos oder die Regeln. Deshalb zählen Ihre Nachweise nicht mehr. Das Passwort ist noch dasselbe.
stopped-proofs-void-now = Beginnen Sie neu: Sie bekommen neue Codes. Passiert das noch einmal? Dann fragen Sie das Sekretariat.

stopped-account-unusable-title = Dieses Konto gibt es nicht mehr
stopped-account-unusable-what = Das Konto wurde gesperrt oder gelöscht, während Sie hier waren. Das Passwort wurde nicht gespeichert.
stopped-account-unusable-now = Fragen Sie das Sekretariat, was aus Ihrem Konto wird.

stopped-write-not-allowed-title = Wir können dieses Passwort nicht ändern
stopped-write-not-allowed-what = Ihre Nachweise waren richtig. Aber unser Dienst darf das Passwort dieses Kontos nicht ändern. Das Passwort ist noch dasselbe.
stopped-write-not-allowed-now = Es liegt nicht an Ihnen. Sagen Sie dem Sekretariat Bescheid: Dort bringt man es in Ordnung.

stopped-never-settled-title = Wir wissen nicht, ob das Passwort geändert wurde
stopped-never-settled-what = Der Kontodienst hat nicht rechtzeitig geantwortet. Vielleicht ist das neue Passwort gespeichert, vielleicht nicht.
stopped-never-settled-now = Versuchen Sie, sich mit dem neuen Passwort anzumelden, dann mit dem alten. Wenn keines geht, beginnen Sie neu.

stopped-writing-title = Wir speichern Ihr Passwort
stopped-writing-what = Das dauert ein paar Sekunden. Ihre Nachweise gelten weiter.
stopped-writing-now = Warten Sie einen Moment und drücken Sie dann auf „Noch einmal nachsehen“.

stopped-unclear-title = Wir wissen es noch nicht
stopped-unclear-what = Wir haben Ihr neues Passwort an den Kontodienst gegeben, aber er hat nicht geantwortet. Vielleicht wurde das Passwort geändert, vielleicht nicht. Ihre Nachweise gelten weiter.
stopped-unclear-now = Warten Sie eine Minute und drücken Sie dann auf „Noch einmal nachsehen“. Merken Sie sich beide Passwörter, das neue und das alte.

stopped-waiting-title = Wir warten auf eine andere Person
stopped-waiting-what = Zuerst muss jemand für Sie antworten. Das Passwort ist noch dasselbe.
stopped-waiting-now = Behalten Sie dieses Gerät. Kommen Sie im selben Browser auf diese Seite zurück und drücken Sie auf „Noch einmal nachsehen“.

stopped-not-valid-title = Diese Seite gilt nicht mehr
stopped-not-valid-what = Sie ist zu alt, oder Sie haben in einem anderen Tab weitergemacht. Was Sie gerade gesendet haben, zählt nicht.
stopped-not-valid-now = Ist noch ein anderer Tab offen? Dann machen Sie dort weiter. Sonst beginnen Sie neu.

stopped-no-cookie-title = Wir haben den Faden verloren
stopped-no-cookie-what = Ihr Browser hat uns nicht gesagt, wo Sie waren: Die Seite ist zu alt, oder er lehnt Cookies ab. Das Passwort ist noch dasselbe.
stopped-no-cookie-now = Beginnen Sie neu. Kommt diese Seite wieder? Dann erlauben Sie Cookies für diese Website oder nehmen Sie einen anderen Browser.

## Ein Brief an das Sekretariat

letter-title = An das Sekretariat schreiben
letter-lead = Erzählen Sie, was los ist. Das Sekretariat antwortet Ihnen. Schreiben Sie nie ein Passwort oder einen Code.
letter-name = Ihr Name
letter-reach = Wie können wir Sie erreichen?
letter-reach-hint = Eine Telefonnummer oder eine E-Mail-Adresse, die Sie jetzt benutzen können.
letter-what = Was ist los?
letter-what-hint = Zum Beispiel: „Ich habe eine neue Nummer und bekomme den Code nicht.“
letter-reference = Wir fügen diese Referenz hinzu: { $reference }.
letter-send = Senden
letter-back = Zurück zu meinem Konto
letter-summary = Ihre Nachricht ist noch nicht gesendet
letter-no-name = Schreiben Sie Ihren Namen.
letter-no-reach = Schreiben Sie eine Telefonnummer oder eine E-Mail-Adresse.
letter-no-what = Schreiben Sie mit ein paar Worten, was los ist.
letter-too-long = Das ist zu lang. Schreiben Sie höchstens { $n } Zeichen.
letter-paused = Von hier kamen zu viele Nachrichten. Versuchen Sie es ab { $moment } wieder, oder rufen Sie an.
letter-not-sent = Ihre Nachricht konnte nicht gesendet werden. Versuchen Sie es in ein paar Minuten wieder, oder rufen Sie an.
letter-sent-title = Ihre Nachricht ist unterwegs
letter-sent-what = Das Sekretariat liest sie und antwortet Ihnen.
letter-sent-beware-title = Bleiben Sie vorsichtig
letter-sent-beware = Das Sekretariat fragt Sie nie nach einem Passwort oder einem Code.

## Das war ich nicht

not-me-title = Waren Sie das nicht?
not-me-what = Jemand wollte in Ihr Konto. Wenn Sie das nicht waren, sagen Sie es uns.
not-me-what-reset = Das Passwort Ihres Kontos wurde am { $moment } geändert. Wenn Sie das nicht waren, sagen Sie es uns.
not-me-effect-title = Wenn Sie es melden
not-me-effect = Das Sekretariat erfährt es sofort. Eine Zeit lang kann hier niemand mehr das Passwort ändern.
not-me-send = Das war ich nicht
not-me-it-was-me = Das war ich
not-me-done-title = Danke, das Sekretariat weiß Bescheid
not-me-done =
    { $n ->
        [one] Eine Stunde lang kommt hier niemand zurück in dieses Konto.
       *[other] { $n } Stunden lang kommt hier niemand zurück in dieses Konto.
    }
not-me-done-now = Rufen Sie so bald wie möglich das Sekretariat an. Prüfen Sie auch, ob jemand anders Ihre E-Mails liest.
not-me-unknown-title = Dieser Link gilt nicht mehr
not-me-unknown = Er ist zu alt, oder er wurde schon benutzt. Machen Sie sich Sorgen? Fragen Sie das Sekretariat.

## Das Passwort ändern

change-title = Passwort ändern
change-title-must = Wählen Sie zuerst ein neues Passwort
change-lead-must = Ihr jetziges Passwort gilt nur einmal. Wählen Sie ein eigenes, dann geht es weiter.
change-summary = Ihr Passwort wurde noch nicht geändert
change-current = Jetziges Passwort
change-show-current = Das jetzige Passwort anzeigen
change-finish = Ändern
change-forgot = Jetziges Passwort vergessen?
change-wrong-current = Das ist nicht Ihr jetziges Passwort.
change-unclear = Der Kontodienst hat nicht geantwortet. Vielleicht wurde das Passwort geändert, vielleicht nicht. Melden Sie sich ab und versuchen Sie es mit dem neuen.
change-not-allowed = Dieses Konto kann sein Passwort hier nicht ändern. Fragen Sie das Sekretariat.

## Fehler

error-not-found-title = Diese Seite gibt es nicht
error-not-found-what = Vielleicht ist die Adresse falsch geschrieben, oder der Link ist zu alt. Es hat sich nichts geändert.
error-not-understood-title = Das haben wir nicht verstanden
error-not-understood-what = Ihr Browser hat etwas Unerwartetes gesendet. Es hat sich nichts geändert. Gehen Sie zum Anfang zurück und versuchen Sie es noch einmal.
error-too-many-title = Zu viele Anfragen auf einmal
error-too-many-what = Aus Ihrem Netz kommen viele Anfragen. Warten Sie eine Minute und versuchen Sie es dann noch einmal.
error-broken-title = Bei uns ist etwas schiefgegangen
error-broken-what = Es liegt nicht an Ihnen. Versuchen Sie es in ein paar Minuten noch einmal.
error-busy-title = Im Moment nicht erreichbar
error-busy-what = Der Dienst ist überlastet oder wird gewartet. Versuchen Sie es in ein paar Minuten noch einmal.
error-recover = Zurück zu meinem Konto

## Die Demo

messages-title = Die angekommenen Nachrichten
messages-lead = In der Demo kommen E-Mails, SMS und Anrufe hier an. Nichts wird wirklich verschickt.
messages-refresh = Aktualisieren
messages-recover = Zurück in ein Konto
messages-mailbox = Die E-Mails
messages-phone = Das Telefon
messages-from = Von
messages-to = An
messages-call = Anruf an
messages-sms = SMS an
messages-as-text = Nur den Text anzeigen
messages-no-mail = Noch keine E-Mail.
messages-no-phone = Noch keine SMS und kein Anruf.

## Ihre Daten

privacy-title = Ihre Daten
privacy-lead = Diese Seiten helfen Ihnen zurück in Ihr Konto. Dafür verwenden sie ein paar Angaben über Sie. Hier lesen Sie, welche, warum und wie lange.
privacy-who-title = Wer entscheidet über Ihre Daten?
privacy-who = { $controller }. Wen Sie fragen können, steht weiter unten.
privacy-what-title = Was verwenden wir, und warum?
privacy-what-name = Ihren Benutzernamen, um Ihr Konto zu finden.
privacy-what-contacts = Ihre E-Mail-Adressen und Telefonnummern, um Ihnen einen Code zu schicken und Ihnen zu sagen, wenn mit Ihrem Konto etwas geschieht.
privacy-what-code = Die Codes, die wir schicken, um zu prüfen, ob Sie es sind. Was wir davon aufbewahren, kann niemand lesen.
privacy-what-network = Die Adresse Ihres Netzes, um Leute aufzuhalten, die Codes raten oder viele Konten ausprobieren.
privacy-what-device = Die Art Ihres Geräts, zum Beispiel ein iPhone. Sie steht in unseren Nachrichten, damit Sie sehen, ob Sie es waren.
privacy-what-password = Ihr neues Passwort. Wir geben es an Ihr Konto weiter, und niemand hier kann es lesen.
privacy-why-title = Warum dürfen wir das?
privacy-why-public-task = Ihr Konto gehört zu unserer öffentlichen Aufgabe, zum Beispiel dem Unterricht (DSGVO, Artikel 6 Absatz 1 e).
privacy-why-contract = Ihr Konto gehört zu einem Vertrag mit uns, und Sie müssen hineinkommen (DSGVO, Artikel 6 Absatz 1 b).
privacy-why-legitimate-interest = Sie möchten zurück in Ihr Konto, und niemand sonst soll hinein. Das ist wichtig für Sie und für uns (DSGVO, Artikel 6 Absatz 1 f).
privacy-long-title = Wie lange bewahren wir es auf?
privacy-long-walk = Was Sie auf diesen Seiten tun: bis einen Tag nach dem Ende.
privacy-long-code = Einen Code: bis er verschickt ist, höchstens ein paar Minuten.
privacy-long-notice =
    { $n ->
        [one] Andere Nachrichten: bis sie verschickt sind, höchstens drei Tage. Dass eine Nachricht verschickt wurde: noch { $n } Tag.
       *[other] Andere Nachrichten: bis sie verschickt sind, höchstens drei Tage. Dass eine Nachricht verschickt wurde: noch { $n } Tage.
    }
privacy-long-network =
    { $n ->
        [one] Die Adresse Ihres Netzes: { $n } Tag.
       *[other] Die Adresse Ihres Netzes: { $n } Tage.
    }
privacy-long-audit =
    { $n ->
        [one] Was hier mit Ihrem Konto geschah, damit Betrug auffällt: { $n } Tag.
       *[other] Was hier mit Ihrem Konto geschah, damit Betrug auffällt: { $n } Tage.
    }
privacy-long-tries = Wie oft es jemand versucht hat: höchstens einen Monat.
privacy-long-contacts = Kontakte, die uns die Schule oder die Firma für Sie gegeben hat: solange Sie Ihr Konto haben. Ein Kontakt, der entfernt wurde: noch drei Tage, um Ihnen die Änderung zu melden.
privacy-cookies-title = Welche Cookies gibt es?
privacy-cookies = Nur die, die diese Seiten brauchen. Keines folgt Ihnen.
privacy-cookie-recovery = Eines weiß, wie weit Sie sind. Es verschwindet, wenn Sie den Browser schließen.
privacy-cookie-browser = Eines erkennt einen Browser, mit dem Sie schon hineinkamen, damit Fremde Sie nicht aussperren können. Es bleibt 180 Tage.
privacy-cookie-forms = Eines sorgt dafür, dass andere Webseiten keine Formulare in Ihrem Namen ausfüllen. Es verschwindet, wenn Sie den Browser schließen.
privacy-cookie-session = Eines hält Sie angemeldet, 30 Minuten lang.
privacy-cookie-language = Eines merkt sich Ihre Sprache, ein Jahr lang.
privacy-cookie-note = Eines bringt eine kurze Nachricht zur nächsten Seite, eine Minute lang.
privacy-others-title = Wer sieht es noch?
privacy-others = Das Sekretariat und die Leute, die sich um die Computer kümmern, wenn es nötig ist, um Ihnen zu helfen. Wir verkaufen nichts, und es gibt keine Werbung.
privacy-others-mail = E-Mails gehen über einen Maildienst, wie jede E-Mail.
privacy-others-sms = SMS gehen über eine Telefongesellschaft. Sie sieht Ihre Nummer und den Text.
privacy-others-call = Anrufe gehen über eine Telefongesellschaft. Sie sieht Ihre Nummer und hört, was gesagt wird.
privacy-rights-title = Was können Sie verlangen?
privacy-rights = Sie dürfen sehen, was wir über Sie aufbewahren. Sie dürfen es berichtigen oder löschen lassen, und Sie dürfen nein sagen zu dem, was wir damit tun. Es kostet nichts, und wir antworten innerhalb eines Monats.
privacy-rights-write = Schreiben Sie an { $contact }.
privacy-rights-helpdesk = Fragen Sie das Sekretariat.
privacy-rights-complain = Nicht zufrieden mit der Antwort? Dann können Sie sich beschweren bei { $authority }.
privacy-rights-complain-anywhere = Nicht zufrieden mit der Antwort? Dann können Sie sich bei der Datenschutzbehörde Ihres Landes beschweren.
