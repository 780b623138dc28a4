### Wat Regain verstuurt: e-mails, sms’en, oproepen.
### Een kind van tien moet alles begrijpen. Wij zeggen ‘u’.
### $when is een dag en een uur: ‘maandag 23 november om 8.21 uur’. $until is een uur.
### $contact is een nummer of een adres: het komt na een dubbelpunt.

message-mail-office = { $name }: { $way }

## De code

message-code-subject = Uw code om weer in uw account te komen
message-code-preview = Typ deze code op de pagina waar u erom vroeg. De code is geldig tot { $until }.
message-code-heading = Dit is uw code
message-code-use =
    Typ de code op de pagina waar u erom vroeg.
    De code is geldig tot { $until } en werkt maar één keer.
message-code-secret = Geef de code aan niemand.
message-code-secret-more = Het secretariaat zal u er nooit om vragen.
message-code-not-you = Hebt u niets gevraagd?
message-code-not-you-more =
    Gebruik deze code dan niet: uw wachtwoord verandert niet.
    Gebeurt dit nog eens? Laat het weten aan het secretariaat: { $contact }.
message-code-asked = Code gevraagd op { $when } voor het account { $user }, { $device }.
message-code-no-link = In dit bericht staat geen link om te openen.
message-code-sms = { $organisation }: { $code } is uw code om weer in uw account te komen, geldig tot { $until }. Geef de code aan niemand.
message-code-call =
    Goedendag. Dit is een oproep van { $organisation }.
    U hebt een code gevraagd om weer in uw account te komen.
    Was u dat niet? Dan mag u nu ophangen.
    Uw code is: { $digits }.
    Ik herhaal: { $digits }.
    Geef deze code aan niemand. Tot ziens.

## In meerdere berichten

message-notice-you = Was u dat?
message-notice-not-you = Was u dat niet?
message-notice-not-you-more =
    Meld het meteen via de link hieronder: het secretariaat krijgt dan een waarschuwing.
    Neem ook zelf contact op met het secretariaat: { $contact }.
message-notice-not-me = Dat was ik niet
message-notice-safe = De pagina die opengaat, vraagt u nooit om uw wachtwoord.
message-notice-privacy = Uw gegevens: { $url }

## Het wachtwoord is gewijzigd

message-reset-subject = Uw wachtwoord is gewijzigd
message-reset-preview = Was u dat? Dan is alles in orde. Was u dat niet? Lees wat u moet doen.
message-reset-heading = Uw wachtwoord is gewijzigd
message-reset-what = Het wachtwoord van het account { $user } is gewijzigd op { $when }, { $device }.
message-reset-you-more =
    Dan hoeft u niets te doen.
    Meld u aan met uw nieuwe wachtwoord.
message-reset-sms = { $organisation }: het wachtwoord van het account { $user } is gewijzigd op { $when }. Was u dat niet? Zeg het aan het secretariaat ({ $contact }) en open deze link:
message-reset-call =
    Goedendag. Dit is een oproep van { $organisation }.
    Het wachtwoord van het account { $user } is gewijzigd op { $when }.
    Was u dat? Dan hoeft u niets te doen.
    Was u dat niet? Laat het dan meteen weten aan het secretariaat: { $contact }.
    Ik herhaal: { $contact }.
    Tot ziens.

## Niemand weet of het wachtwoord gewijzigd is

message-unclear-subject = Uw wachtwoord is misschien gewijzigd
message-unclear-preview = Probeer u aan te melden met het nieuwe wachtwoord.
message-unclear-heading = Uw wachtwoord is misschien gewijzigd
message-unclear-what =
    Iemand heeft een nieuw wachtwoord gekozen voor het account { $user } op { $when }, { $device }.
    Door een storing weten we niet of het bewaard is.
message-unclear-you-more =
    Probeer het nieuwe wachtwoord.
    Werkt het niet, probeer dan het oude.
    Werkt geen van beide? Begin opnieuw, of neem contact op met het secretariaat: { $contact }.
message-unclear-not-you-more = Laat het meteen weten aan het secretariaat: { $contact }.
message-unclear-sms = { $organisation }: er is een nieuw wachtwoord gekozen voor het account { $user }, maar door een storing weten we niet of het bewaard is. Probeer het. Werkt het niet, of was u dat niet? Vraag hulp aan het secretariaat: { $contact }
message-unclear-call =
    Goedendag. Dit is een oproep van { $organisation }.
    Iemand heeft een nieuw wachtwoord gekozen voor het account { $user } op { $when }.
    Door een storing weten we niet of het bewaard is.
    Was u dat? Probeer u dan aan te melden.
    Lukt dat niet, of was u dat niet? Neem contact op met het secretariaat: { $contact }.
    Ik herhaal: { $contact }.
    Tot ziens.

## Het account bestaat, maar u kunt er online niet meer in

message-obstacle-subject = Iemand probeerde weer in uw account te komen
message-obstacle-preview = Was u dat? Het secretariaat kan u helpen. Het wachtwoord is niet gewijzigd.
message-obstacle-heading = Iemand probeerde weer in uw account te komen
message-obstacle-what =
    Iemand, misschien uzelf, probeerde op { $when } weer in het account { $user } te komen, { $device }.
    Het wachtwoord is niet gewijzigd.
message-obstacle-why =
    { $reason ->
        [too_few_methods] Dat kan niet online: we kennen te weinig e-mailadressen en telefoonnummers om zeker te zijn dat u het bent.
        [fresh_contacts] Dat kan nog niet online: een van uw e-mailadressen of telefoonnummers is nieuw. Om u te beschermen telt het pas vanaf { $until }.
        [disabled] Dat kan niet online: dit account is uitgeschakeld.
       *[paused] Dat kan nu even niet online: iemand meldde ‘Dat was ik niet’. We houden het account tijdelijk dicht om het te beschermen.
    }
message-obstacle-you-more = Het secretariaat kan u helpen. Neem contact op: { $contact }.
message-obstacle-not-you-more =
    { $reason ->
        [fresh_contacts] Hebt u het niet gewijzigd of laten wijzigen? Dan deed iemand anders het. Laat het nu weten aan het secretariaat.
       *[other]
            Dan hoeft u niets te doen. Misschien heeft iemand een tikfout gemaakt.
            Gebeurt dit nog eens? Laat het weten aan het secretariaat.
    }
message-obstacle-sms =
    { $reason ->
        [too_few_methods] { $organisation }: u kunt online niet weer in het account { $user } komen, want we kennen te weinig manieren om u te bereiken. Was u dat? Vraag hulp aan het secretariaat: { $contact }
        [fresh_contacts] { $organisation }: u kunt nog niet online in het account { $user } komen, want een adres of nummer van u is nieuw en telt nog niet. Hebt u het niet gewijzigd, of is het dringend? Vraag hulp aan het secretariaat: { $contact }
        [disabled] { $organisation }: u kunt online niet weer in het account { $user } komen, want het is uitgeschakeld. Was u dat? Vraag hulp aan het secretariaat: { $contact }
       *[paused] { $organisation }: u kunt nu even niet online in het account { $user } komen, want iemand meldde ‘Dat was ik niet’. Was u dat? Vraag hulp aan het secretariaat: { $contact }
    }
message-obstacle-call =
    Goedendag. Dit is een oproep van { $organisation }.
    Iemand, misschien uzelf, probeerde weer in het account { $user } te komen.
    { $reason ->
        [too_few_methods] Dat kan niet online: we kennen te weinig manieren om u te bereiken.
        [fresh_contacts] Dat kan nog niet online: een adres of nummer van u is nieuw en telt nog niet.
        [disabled] Dat kan niet online: dit account is uitgeschakeld.
       *[paused] Dat kan nu even niet online: iemand meldde een nieuw wachtwoord dat niet van hem of haar kwam.
    }
    Het wachtwoord is niet gewijzigd.
    Was u dat? Neem dan contact op met het secretariaat: { $contact }.
    Ik herhaal: { $contact }.
    Tot ziens.

## De contacten van het account zijn gewijzigd

message-contacts-subject = De contacten van uw account zijn gewijzigd
message-contacts-preview = Was u dat niet? Laat het nu weten aan het secretariaat.
message-contacts-heading = De contacten van uw account zijn gewijzigd
message-contacts-what = Een e-mailadres of telefoonnummer van het account { $user } is gewijzigd. We zagen het op { $when }.
message-contacts-wait = Om u te beschermen kunt u met een nieuw contact pas vanaf { $until } weer in het account komen.
message-contacts-you-more = Dan hoeft u niets te doen. Ook niet als uw school of bedrijf het voor u wijzigde.
message-contacts-not-you-more = Laat het nu weten aan het secretariaat, vóór dat moment: { $contact }.
message-contacts-sms = { $organisation }: een e-mailadres of telefoonnummer van het account { $user } is gewijzigd. Weet u daarvan? Dan hoeft u niets te doen. Zo niet, neem nu contact op met het secretariaat: { $contact }
message-contacts-call =
    Goedendag. Dit is een oproep van { $organisation }.
    Een e-mailadres of telefoonnummer van het account { $user } is gewijzigd.
    Weet u daarvan? Dan hoeft u niets te doen.
    Zo niet, neem dan nu contact op met het secretariaat: { $contact }.
    Ik herhaal: { $contact }.
    Tot ziens.

## Brief aan het secretariaat

message-letter-subject = Iemand vraagt hulp om weer in een account te komen
message-letter-preview = Iemand heeft het contactformulier ingevuld.
message-letter-heading = Iemand vraagt hulp
message-letter-what =
    Iemand heeft op { $when } het contactformulier ingevuld.
    We hebben niet nagegaan wie dat is. Dit schreef die persoon.
message-letter-who = Naam
message-letter-reach = Hoe u deze persoon bereikt
message-letter-text = Wat er gebeurd is
message-letter-careful = Ga eerst na met wie u spreekt
message-letter-careful-more =
    Iedereen kan dit formulier invullen.
    Bel de persoon op een nummer dat u al kent, niet op het nummer dat hier staat.
    Geef nooit een wachtwoord via e-mail en open geen links uit dit bericht.
message-letter-reference = Referentie: { $reference }

## Waarschuwing aan het secretariaat

message-alert-subject = Waarschuwing: ‘Dat was ik niet’
message-alert-preview = Iemand meldt een gewijzigd wachtwoord. Lees wat u moet doen.
message-alert-heading = Iemand meldt: ‘Dat was ik niet’
message-alert-what =
    Iemand heeft een nieuw wachtwoord gekozen voor het account { $user }.
    Op { $when } meldde iemand die de berichten van dit account krijgt: ‘Dat was ik niet.’
message-alert-paused = Tot { $until } kan niemand online weer in dit account komen.
message-alert-do = Doe dit meteen
message-alert-do-more =
    Bel de persoon op een nummer dat u kent.
    Was het echt iemand anders? Vraag het IT-team dan om het wachtwoord van het account te wijzigen.
message-alert-explain = Voor het IT-team: dit commando toont wat er gebeurd is.
message-alert-resume = Is alles in orde? Dan maakt dit commando een einde aan de pauze.

## Waarschuwing aan de beheerder: de rekening

message-budget-subject = Let op: veel sms’en en oproepen
message-budget-preview = Misschien jaagt iemand uw telefoonrekening op.
message-budget-heading = Veel sms’en en oproepen
message-budget-what = Op { $when } waren { $counted } van de { $max } berichten die uw instellingen toelaten, verstuurd per sms of oproep.
message-budget-what-block = Op { $when } waren { $counted } van de { $max } berichten die uw instellingen toelaten voor nummers die met { $block } beginnen, verstuurd per sms of oproep.
message-budget-stop = Zijn ze allemaal op, dan vertrekt er niets meer tot { $until }. E-mails vertrekken nog wel.
message-budget-unused = Op { $when } waren die dag { $sent } codes vertrokken naar nummers die met { $block } beginnen. Er zijn er maar { $used } gebruikt. Misschien verdient iemand geld met deze berichten.
message-budget-do = Dit kunt u nu doen
message-budget-do-more =
    Is het de eerste schooldag? Dan is er misschien niets aan de hand: verhoog de limieten onder [budget].
    Lees anders de pagina ‘Under attack’ in de documentatie.
    Haal onder [numbers] de landen weg die u niet nodig hebt, en verwittig uw sms-leverancier.
