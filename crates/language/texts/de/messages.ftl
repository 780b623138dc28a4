### Was Regain verschickt: E-Mails, SMS, Anrufe.
### Ein zehnjähriges Kind muss alles verstehen. Wir sagen „Sie“.
### $when ist ein Tag und eine Uhrzeit: „Montag, 23. November, um 8.21 Uhr“. $until ist eine Uhrzeit.
### $contact ist eine Nummer oder eine Adresse: sie steht nach einem Doppelpunkt.

message-mail-office = { $name }: { $way }

## Der Code

message-code-subject = Ihr Code, um wieder in Ihr Konto zu kommen
message-code-preview = Geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben. Er gilt bis { $until }.
message-code-heading = Hier ist Ihr Code
message-code-use =
    Geben Sie ihn auf der Seite ein, auf der Sie ihn angefordert haben.
    Er gilt bis { $until } und nur ein einziges Mal.
message-code-secret = Verraten Sie ihn niemandem.
message-code-secret-more = Das Sekretariat wird Sie nie danach fragen.
message-code-not-you = Sie haben keinen Code angefordert?
message-code-not-you-more =
    Dann verwenden Sie ihn nicht: Ihr Passwort ändert sich nicht.
    Passiert das noch einmal? Sagen Sie dem Sekretariat Bescheid: { $contact }.
message-code-asked = Code angefordert am { $when } für das Konto { $user }, { $device }.
message-code-no-link = Diese Nachricht enthält keinen Link.
message-code-sms = { $organisation }: { $code } ist Ihr Code, um wieder in Ihr Konto zu kommen. Er gilt bis { $until }. Verraten Sie ihn niemandem.
message-code-call =
    Guten Tag. Dies ist ein Anruf von { $organisation }.
    Sie haben einen Code angefordert, um wieder in Ihr Konto zu kommen.
    Wenn Sie das nicht waren, legen Sie bitte auf.
    Ihr Code lautet: { $digits }.
    Ich wiederhole: { $digits }.
    Verraten Sie diesen Code niemandem. Auf Wiederhören.

## In mehreren Nachrichten

message-notice-you = Waren Sie das?
message-notice-not-you = Waren Sie das nicht?
message-notice-not-you-more =
    Melden Sie es sofort über den Link unten: Das Sekretariat wird dann gewarnt.
    Wenden Sie sich auch selbst an das Sekretariat: { $contact }.
message-notice-not-me = Das war ich nicht
message-notice-safe = Die Seite, die sich öffnet, fragt Sie nie nach Ihrem Passwort.
message-notice-privacy = Ihre Daten: { $url }

## Das Passwort wurde geändert

message-reset-subject = Ihr Passwort wurde geändert
message-reset-preview = Waren Sie das? Dann ist alles gut. Wenn nicht, lesen Sie hier, was zu tun ist.
message-reset-heading = Ihr Passwort wurde geändert
message-reset-what = Das Passwort für das Konto { $user } wurde am { $when } geändert, { $device }.
message-reset-you-more =
    Dann brauchen Sie nichts zu tun.
    Melden Sie sich mit Ihrem neuen Passwort an.
message-reset-sms = { $organisation }: Passwort für { $user } geändert am { $when }. Waren Sie das nicht? Melden Sie es dem Sekretariat ({ $contact }) und öffnen Sie diesen Link:
message-reset-call =
    Guten Tag. Dies ist ein Anruf von { $organisation }.
    Das Passwort für das Konto { $user } wurde am { $when } geändert.
    Wenn Sie das waren, brauchen Sie nichts zu tun.
    Wenn Sie das nicht waren, melden Sie sich sofort beim Sekretariat: { $contact }.
    Ich wiederhole: { $contact }.
    Auf Wiederhören.

## Niemand weiß, ob das Passwort geändert wurde

message-unclear-subject = Ihr Passwort wurde vielleicht geändert
message-unclear-preview = Versuchen Sie, sich mit dem neuen Passwort anzumelden.
message-unclear-heading = Ihr Passwort wurde vielleicht geändert
message-unclear-what =
    Jemand hat am { $when } ein neues Passwort für das Konto { $user } gewählt, { $device }.
    Wegen einer Störung wissen wir nicht, ob es gespeichert wurde.
message-unclear-you-more =
    Versuchen Sie es mit dem neuen Passwort.
    Wenn es nicht geht, nehmen Sie das alte.
    Beide gehen nicht? Beginnen Sie noch einmal oder fragen Sie das Sekretariat: { $contact }.
message-unclear-not-you-more = Melden Sie sich sofort beim Sekretariat: { $contact }.
message-unclear-sms = { $organisation }: Für das Konto { $user } wurde ein neues Passwort gewählt. Wegen einer Störung wissen wir nicht, ob es gespeichert ist. Probieren Sie es aus. Geht es nicht, oder waren Sie das nicht? Fragen Sie das Sekretariat: { $contact }
message-unclear-call =
    Guten Tag. Dies ist ein Anruf von { $organisation }.
    Jemand hat am { $when } ein neues Passwort für das Konto { $user } gewählt.
    Wegen einer Störung wissen wir nicht, ob es gespeichert wurde.
    Wenn Sie das waren, versuchen Sie, sich anzumelden.
    Wenn das nicht geht oder Sie das nicht waren, melden Sie sich beim Sekretariat: { $contact }.
    Ich wiederhole: { $contact }.
    Auf Wiederhören.

## Das Konto gibt es, aber online kommt man nicht mehr hinein

message-obstacle-subject = Jemand wollte wieder in Ihr Konto
message-obstacle-preview = Waren Sie das? Das Sekretariat kann Ihnen helfen. Das Passwort ist noch dasselbe.
message-obstacle-heading = Jemand wollte wieder in Ihr Konto
message-obstacle-what =
    Jemand, vielleicht Sie selbst, hat am { $when } versucht, wieder in das Konto { $user } zu kommen, { $device }.
    Das Passwort ist noch dasselbe.
message-obstacle-why =
    { $reason ->
        [too_few_methods] Online geht das nicht: Wir kennen zu wenige E-Mail-Adressen und Telefonnummern, um sicher zu sein, dass Sie es sind.
        [fresh_contacts] Online geht das noch nicht: Eine Ihrer E-Mail-Adressen oder Telefonnummern ist neu. Zu Ihrem Schutz zählt sie erst ab { $until }.
        [disabled] Online geht das nicht: Dieses Konto ist gesperrt.
       *[paused] Online geht das im Moment nicht: Jemand hat „Das war ich nicht“ gemeldet. Zum Schutz machen wir bei diesem Konto eine Pause.
    }
message-obstacle-you-more = Das Sekretariat kann Ihnen helfen. So erreichen Sie es: { $contact }.
message-obstacle-not-you-more =
    { $reason ->
        [fresh_contacts] Haben Sie sie nicht geändert oder ändern lassen? Dann war es jemand anderes. Sagen Sie dem Sekretariat jetzt Bescheid.
       *[other]
            Dann brauchen Sie nichts zu tun. Vielleicht hat sich jemand vertippt.
            Passiert das noch einmal? Sagen Sie dem Sekretariat Bescheid.
    }
message-obstacle-sms =
    { $reason ->
        [too_few_methods] { $organisation }: Online kommen Sie nicht wieder in das Konto { $user }, denn wir kennen zu wenige Wege, Sie zu erreichen. Waren Sie das? Fragen Sie das Sekretariat: { $contact }
        [fresh_contacts] { $organisation }: Online kommen Sie noch nicht in das Konto { $user }, denn eine Adresse oder Nummer von Ihnen ist neu und zählt noch nicht. Haben Sie sie nicht geändert, oder ist es dringend? Fragen Sie das Sekretariat: { $contact }
        [disabled] { $organisation }: Online kommen Sie nicht wieder in das Konto { $user }, denn es ist gesperrt. Waren Sie das? Fragen Sie das Sekretariat: { $contact }
       *[paused] { $organisation }: Online kommen Sie im Moment nicht in das Konto { $user }, denn jemand hat „Das war ich nicht“ gemeldet. Waren Sie das? Fragen Sie das Sekretariat: { $contact }
    }
message-obstacle-call =
    Guten Tag. Dies ist ein Anruf von { $organisation }.
    Jemand, vielleicht Sie selbst, hat versucht, wieder in das Konto { $user } zu kommen.
    { $reason ->
        [too_few_methods] Online geht das nicht: Wir kennen zu wenige Wege, Sie zu erreichen.
        [fresh_contacts] Online geht das noch nicht: Eine Adresse oder Nummer von Ihnen ist neu und zählt noch nicht.
        [disabled] Online geht das nicht: Dieses Konto ist gesperrt.
       *[paused] Online geht das im Moment nicht: Jemand hat ein neues Passwort gemeldet, das er oder sie nicht selbst gewählt hat.
    }
    Das Passwort ist noch dasselbe.
    Wenn Sie das waren, melden Sie sich beim Sekretariat: { $contact }.
    Ich wiederhole: { $contact }.
    Auf Wiederhören.

## Die Kontakte des Kontos wurden geändert

message-contacts-subject = Die Kontakte Ihres Kontos wurden geändert
message-contacts-preview = Waren Sie das nicht? Sagen Sie dem Sekretariat jetzt Bescheid.
message-contacts-heading = Die Kontakte Ihres Kontos wurden geändert
message-contacts-what = Eine E-Mail-Adresse oder Telefonnummer des Kontos { $user } wurde geändert. Wir haben es am { $when } bemerkt.
message-contacts-wait = Zu Ihrem Schutz kommen Sie mit einem neuen Kontakt erst ab { $until } wieder in das Konto.
message-contacts-you-more = Dann brauchen Sie nichts zu tun. Auch nicht, wenn Ihre Schule oder Firma es für Sie geändert hat.
message-contacts-not-you-more = Sagen Sie dem Sekretariat jetzt Bescheid, vor diesem Zeitpunkt: { $contact }.
message-contacts-sms = { $organisation }: Eine E-Mail-Adresse oder Telefonnummer des Kontos { $user } wurde geändert. Wissen Sie davon? Dann brauchen Sie nichts zu tun. Wenn nicht, fragen Sie jetzt das Sekretariat: { $contact }
message-contacts-call =
    Guten Tag. Dies ist ein Anruf von { $organisation }.
    Eine E-Mail-Adresse oder Telefonnummer des Kontos { $user } wurde geändert.
    Wissen Sie davon? Dann brauchen Sie nichts zu tun.
    Wenn nicht, melden Sie sich jetzt beim Sekretariat: { $contact }.
    Ich wiederhole: { $contact }.
    Auf Wiederhören.

## Brief an das Sekretariat

message-letter-subject = Jemand bittet um Hilfe, um wieder in ein Konto zu kommen
message-letter-preview = Jemand hat das Kontaktformular ausgefüllt.
message-letter-heading = Jemand bittet um Hilfe
message-letter-what =
    Jemand hat am { $when } das Kontaktformular ausgefüllt.
    Wir haben nicht geprüft, wer das ist. Das hat die Person geschrieben.
message-letter-who = Name
message-letter-reach = So erreichen Sie die Person
message-letter-text = Was passiert ist
message-letter-careful = Prüfen Sie zuerst, mit wem Sie sprechen
message-letter-careful-more =
    Jeder kann dieses Formular ausfüllen.
    Rufen Sie die Person unter einer Nummer an, die Sie schon kennen, nicht unter der Nummer, die hier steht.
    Geben Sie nie ein Passwort per E-Mail weiter und öffnen Sie keinen Link aus dieser Nachricht.
message-letter-reference = Referenz: { $reference }

## Warnung an das Sekretariat

message-alert-subject = Warnung: „Das war ich nicht“
message-alert-preview = Jemand meldet ein geändertes Passwort. Das ist zu tun.
message-alert-heading = Jemand meldet: „Das war ich nicht“
message-alert-what =
    Jemand hat ein neues Passwort für das Konto { $user } gewählt.
    Am { $when } hat jemand, der die Nachrichten dieses Kontos bekommt, gemeldet: „Das war ich nicht.“
message-alert-paused = Bis { $until } kommt niemand online wieder in dieses Konto.
message-alert-do = Das ist sofort zu tun
message-alert-do-more =
    Rufen Sie die Person unter einer Nummer an, die Sie kennen.
    War es wirklich jemand anders? Dann bitten Sie das IT-Team, das Passwort des Kontos zu ändern.
message-alert-explain = Für das IT-Team: Dieser Befehl zeigt, was passiert ist.
message-alert-resume = Wenn alles in Ordnung ist, beendet dieser Befehl die Pause.

## Warnung an den Betreiber: die Rechnung

message-budget-subject = Achtung: viele SMS und Anrufe
message-budget-preview = Vielleicht treibt jemand Ihre Telefonrechnung in die Höhe.
message-budget-heading = Viele SMS und Anrufe
message-budget-what = Bis { $when } waren { $counted } der { $max } Nachrichten, die Ihre Einstellungen erlauben, als SMS oder Anruf hinausgegangen.
message-budget-what-block = Bis { $when } waren { $counted } der { $max } Nachrichten, die Ihre Einstellungen für Nummern mit dem Anfang { $block } erlauben, als SMS oder Anruf hinausgegangen.
message-budget-stop = Sind alle verbraucht, geht bis { $until } keine mehr hinaus. E-Mails gehen weiter hinaus.
message-budget-unused = Bis { $when } gingen an diesem Tag { $sent } Codes an Nummern mit dem Anfang { $block }. Nur { $used } davon wurden benutzt. Vielleicht verdient jemand Geld mit diesen Nachrichten.
message-budget-do = Das können Sie jetzt tun
message-budget-do-more =
    Ist es der erste Schultag? Dann ist vielleicht alles gut: Erhöhen Sie die Grenzen unter [budget].
    Wenn nicht, lesen Sie die Seite „Under attack“ der Dokumentation.
    Streichen Sie unter [numbers] die Länder, die Sie nicht brauchen, und sagen Sie Ihrem SMS-Anbieter Bescheid.
