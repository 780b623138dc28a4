### Wat Regain verstuurt: e-mails, sms’en, oproepen.
### Een kind van tien moet alles begrijpen. Wij zeggen ‘u’.
### $when is een dag en een uur: ‘maandag 23 november om 8.21 uur’. $until is een uur.
### $contact is een nummer of een adres: het komt na een dubbelpunt.

mail-office = { $name }: { $ways }

## De code

code-subject = Uw code om weer in uw account te komen
code-preview = Typ deze code op de pagina waar u erom vroeg. De code is geldig tot { $until }.
code-heading = Dit is uw code
code-use =
    Typ de code op de pagina waar u erom vroeg.
    De code is geldig tot { $until } en werkt maar één keer.
code-secret = Geef de code aan niemand.
code-secret-more = Het secretariaat zal u er nooit om vragen.
code-not-you = Hebt u niets gevraagd?
code-not-you-more =
    Gebruik deze code dan niet: uw wachtwoord verandert niet.
    Gebeurt dit nog eens? Laat het weten aan het secretariaat: { $contact }.
code-asked = Code gevraagd op { $when } voor het account { $user }, { $device }.
code-no-link = In dit bericht staat geen link om te openen.
code-sms = { $organisation }: { $code } is uw code om weer in uw account te komen, geldig tot { $until }. Geef de code aan niemand.
code-call =
    Goedendag. Dit is een oproep van { $organisation }.
    U hebt een code gevraagd om weer in uw account te komen.
    Was u dat niet? Dan mag u nu ophangen.
    Uw code is: { $digits }.
    Ik herhaal: { $digits }.
    Geef deze code aan niemand. Tot ziens.

## In meerdere berichten

notice-you = Was u dat?
notice-not-you = Was u dat niet?
notice-not-you-more =
    Meld het meteen met deze knop: het secretariaat krijgt dan een waarschuwing.
    Neem ook zelf contact op met het secretariaat: { $contact }.
notice-not-me = Dat was ik niet
notice-safe = De pagina die opengaat, vraagt u nooit om uw wachtwoord.

## Het wachtwoord is gewijzigd

reset-subject = Uw wachtwoord is gewijzigd
reset-preview = Was u dat? Dan is alles in orde. Was u dat niet? Lees wat u moet doen.
reset-heading = Uw wachtwoord is gewijzigd
reset-what = Het wachtwoord van het account { $user } is gewijzigd op { $when }, { $device }.
reset-you-more =
    Dan hoeft u niets te doen.
    Meld u aan met uw nieuwe wachtwoord.
reset-sms = { $organisation }: het wachtwoord van het account { $user } is gewijzigd op { $when }. Was u dat niet? Bel of mail het secretariaat ({ $contact }) en open deze link:
reset-call =
    Goedendag. Dit is een oproep van { $organisation }.
    Het wachtwoord van het account { $user } is gewijzigd op { $when }.
    Was u dat? Dan hoeft u niets te doen.
    Was u dat niet? Laat het dan meteen weten aan het secretariaat: { $contact }.
    Ik herhaal: { $contact }.
    Tot ziens.

## Niemand weet of het wachtwoord gewijzigd is

unclear-subject = Uw wachtwoord is misschien gewijzigd
unclear-preview = Probeer u aan te melden met het nieuwe wachtwoord.
unclear-heading = Uw wachtwoord is misschien gewijzigd
unclear-what =
    Iemand heeft een nieuw wachtwoord gekozen voor het account { $user } op { $when }, { $device }.
    Door een storing weten we niet of het bewaard is.
unclear-you-more =
    Probeer het nieuwe wachtwoord.
    Werkt het niet, probeer dan het oude.
    Werkt geen van beide? Begin opnieuw, of neem contact op met het secretariaat: { $contact }.
unclear-not-you-more = Laat het meteen weten aan het secretariaat: { $contact }.
unclear-sms = { $organisation }: er is een nieuw wachtwoord gekozen voor het account { $user }, maar door een storing weten we niet of het bewaard is. Probeer het. Werkt het niet, of was u dat niet? Contacteer het secretariaat: { $contact }
unclear-call =
    Goedendag. Dit is een oproep van { $organisation }.
    Iemand heeft een nieuw wachtwoord gekozen voor het account { $user } op { $when }.
    Door een storing weten we niet of het bewaard is.
    Was u dat? Probeer u dan aan te melden.
    Lukt dat niet, of was u dat niet? Neem contact op met het secretariaat: { $contact }.
    Ik herhaal: { $contact }.
    Tot ziens.

## Het account bestaat, maar u kunt er online niet meer in

obstacle-subject = Iemand probeerde in uw account te komen
obstacle-preview = Was u dat? Het secretariaat kan u helpen. Het wachtwoord is niet gewijzigd.
obstacle-heading = Iemand probeerde weer in uw account te komen
obstacle-what =
    Iemand, misschien uzelf, probeerde op { $when } weer in het account { $user } te komen, { $device }.
    Het wachtwoord is niet gewijzigd.
obstacle-why =
    { $reason ->
        [too_few_methods] Dat kan niet online: we kennen te weinig e-mailadressen en telefoonnummers om zeker te zijn dat u het bent.
        [disabled] Dat kan niet online: dit account is uitgeschakeld.
       *[paused] Dat kan nu even niet online: iemand meldde ‘Dat was ik niet’. We houden het account tijdelijk dicht om het te beschermen.
    }
obstacle-you-more = Het secretariaat kan u helpen. Neem contact op: { $contact }.
obstacle-not-you-more =
    Dan hoeft u niets te doen. Misschien heeft iemand een tikfout gemaakt.
    Gebeurt dit nog eens? Laat het weten aan het secretariaat.
obstacle-sms =
    { $reason ->
        [too_few_methods] { $organisation }: u kunt online niet weer in het account { $user } komen, want we kennen te weinig manieren om u te bereiken. Was u dat? Contacteer het secretariaat: { $contact }
        [disabled] { $organisation }: u kunt online niet weer in het account { $user } komen, want het is uitgeschakeld. Was u dat? Contacteer het secretariaat: { $contact }
       *[paused] { $organisation }: u kunt nu even niet online in het account { $user } komen, want iemand meldde ‘Dat was ik niet’. Was u dat? Contacteer het secretariaat: { $contact }
    }
obstacle-call =
    Goedendag. Dit is een oproep van { $organisation }.
    Iemand, misschien uzelf, probeerde weer in het account { $user } te komen.
    { $reason ->
        [too_few_methods] Dat kan niet online: we kennen te weinig manieren om u te bereiken.
        [disabled] Dat kan niet online: dit account is uitgeschakeld.
       *[paused] Dat kan nu even niet online: iemand heeft gemeld dat hij of zij het niet was.
    }
    Het wachtwoord is niet gewijzigd.
    Was u dat? Neem dan contact op met het secretariaat: { $contact }.
    Ik herhaal: { $contact }.
    Tot ziens.

## Brief aan het secretariaat

letter-subject = Iemand vraagt hulp om weer in een account te komen
letter-preview = Iemand heeft het contactformulier ingevuld.
letter-heading = Iemand vraagt hulp
letter-what =
    Iemand heeft op { $when } het contactformulier ingevuld.
    We hebben niet nagegaan wie dat is. Dit schreef die persoon.
letter-who = Naam
letter-reach = Hoe u deze persoon bereikt
letter-text = Wat er gebeurd is
letter-careful = Ga eerst na met wie u spreekt
letter-careful-more =
    Iedereen kan dit formulier invullen.
    Bel de persoon op een nummer dat u al kent, niet op het nummer dat hier staat.
    Geef nooit een wachtwoord via e-mail en open geen links uit dit bericht.
letter-reference = Referentie: { $reference }

## Waarschuwing aan het secretariaat

alert-subject = Waarschuwing: ‘Dat was ik niet’
alert-preview = Iemand meldt een gewijzigd wachtwoord. Lees wat u moet doen.
alert-heading = Iemand meldt: ‘Dat was ik niet’
alert-what =
    Het wachtwoord van het account { $user } is gewijzigd.
    Op { $when } meldde iemand die de berichten van dit account krijgt: ‘Dat was ik niet.’
alert-paused = Tot { $until } kan niemand online weer in dit account komen.
alert-do = Doe dit meteen
alert-do-more =
    Bel de persoon op een nummer dat u kent.
    Was die het echt niet? Laat het IT-team dan het wachtwoord van het account wijzigen.
alert-explain = Voor het IT-team: dit commando toont wat er gebeurd is.
alert-resume = Is alles in orde? Dan maakt dit commando een einde aan de pauze.
