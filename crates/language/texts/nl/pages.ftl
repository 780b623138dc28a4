# De pagina’s. We zeggen ‘u’; de zinnen zijn kort; een kind van tien moet ze begrijpen.

## Overal

walk-recover = Terug in uw account
walk-security = Beveiligingsgegevens
walk-demo = De berichten van de demo
language-label = Taal
help-label = Hulp
error-title = Fout: { $title }
summary-title = Er klopt nog iets niet
who-label = Account:
who-change = Wisselen
who-change-full = Van account wisselen
trail-label = Stappen
trail-proof = Bewijs { $n }
trail-proof-only = Bewijs
trail-password = Nieuw wachtwoord
trail-done = klaar
button-next = Verder
button-cancel = Annuleren
button-show = Tonen
button-method = Andere manier
button-finish = Voltooien
button-sign-in = Aanmelden
button-more-time = Meer tijd krijgen
contact-the-helpdesk = Contact met het secretariaat
page-waits = Deze pagina wacht op u tot { $moment }.
form-not-valid = Deze pagina stond te lang open. Er is niets verstuurd. Probeer het nog een keer.
footer-helpdesk = Schrijf naar het secretariaat
footer-messages = De berichten van de demo
footer-privacy = Uw gegevens
footer-accessibility = Toegankelijkheid
secretariat-title = Het secretariaat helpt u
secretariat-write = Een bericht schrijven

# Een verborgen contact, voor wie naar de pagina luistert. Staat ook in een zin: ‘een nummer dat eindigt op 67’.
mask-phone = dat eindigt op { $digits }
mask-email = dat begint met { $first }, bij { $domain }
mask-email-alone = dat begint met { $first }
line-email = Adres
line-mobile = Gsm
line-office = Telefoon op het werk

wait-seconds =
    { $n ->
        [one] { $n } seconde
       *[other] { $n } seconden
    }
wait-minutes =
    { $n ->
        [one] { $n } minuut
       *[other] { $n } minuten
    }

## Wat er net gebeurd is

notice-not-a-number = Dit is geen volledig telefoonnummer. Tel de cijfers en probeer opnieuw.
notice-not-an-address = Dit is geen volledig e-mailadres. Er moet een @ in staan, bijvoorbeeld naam@voorbeeld.be.
notice-does-not-fit = Dit is niet het contact dat u ziet. Kijk het na.
notice-does-not-fit-phone = We verwachten een nummer { $mask }. Kijk het uwe na.
notice-does-not-fit-email = We verwachten een adres { $mask }. Kijk het uwe na.
notice-code-wrong =
    { $n ->
        [one] Dat is niet de juiste code. U kunt nog één keer proberen.
       *[other] Dat is niet de juiste code. U kunt nog { $n } keer proberen.
    }
notice-not-a-code = Typ alleen de cijfers van de code. Deze poging telt niet mee.
notice-code-expired = Deze code is niet meer geldig. Vraag een nieuwe code.
notice-wait = Er zijn voorlopig te veel foute pogingen geweest, van u of van iemand anders. Deze hebben we niet nagekeken. Probeer opnieuw over { $wait }.
notice-no-more-messages = We kunnen voorlopig geen codes meer naar dit contact sturen. Kies een andere manier.
notice-passwords-differ = De twee wachtwoorden zijn verschillend. Typ twee keer hetzelfde.
notice-directory-away = De accountdienst antwoordt niet. Uw wachtwoord is niet gewijzigd. Wacht een minuut en probeer opnieuw.
notice-not-written = Uw wachtwoord kon niet bewaard worden. Het oude werkt nog altijd. Typ het nieuwe nog een keer.
notice-not-yet = Er is al een code onderweg. U kunt een andere vragen over { $wait }.
notice-fresh-code = Er is een nieuwe code onderweg. De oude werkt niet meer.
notice-more-time = Goed. U hebt tijd tot { $moment }.
notice-more-time-plain = Goed. U hebt meer tijd.
notice-gate-passed = Dat klopt. Eén stap gedaan!

## Aanmelden

sign-in-title = Aanmelden
sign-in-summary = U bent nog niet aangemeld
sign-in-password = Wachtwoord
sign-in-show = Het wachtwoord tonen
sign-in-recover = Lukt het aanmelden niet?
sign-in-recover-hint = Kies in twee minuten een nieuw wachtwoord.
sign-in-empty = Typ uw gebruikersnaam en uw wachtwoord.
sign-in-wrong = De gebruikersnaam of het wachtwoord is niet juist. Kijk ze allebei na.
sign-in-paused = Er waren te veel pogingen. Probeer opnieuw na { $moment }.
sign-in-directory-away = De accountdienst antwoordt niet. Probeer over enkele minuten opnieuw.
sign-in-after-sign-out = U bent afgemeld.
sign-in-after-time-out = U hebt lang niets gedaan. We hebben u afgemeld om uw account te beschermen.

signed-in-title = Dag { $name }!
signed-in-as = U bent aangemeld met het account { $user }.
signed-in-changed = Uw wachtwoord is gewijzigd.
signed-in-change = Wachtwoord wijzigen
signed-in-sign-out = Afmelden
signed-in-forget = Afmelden en dit toestel vergeten
signed-in-shared = Gebruikt nog iemand dit toestel? Meld u af als u klaar bent.

## Welk account

realm-title = Wat voor account hebt u?
realm-lead = Kies het account waar u weer in wilt.
realm-unsure-title = Twijfelt u?
realm-unsure = Vraag het aan het secretariaat: daar weten ze welk account van u is.

identify-title = Wat is uw account?
identify-lead = We gaan na of u het echt bent. Daarna kiest u een nieuw wachtwoord. Houd uw telefoon bij de hand.
identify-realm = Soort account
identify-label = E-mailadres of gebruikersnaam
identify-hint = Wat u typt om u aan te melden.
identify-hint-example = Wat u typt om u aan te melden, bijvoorbeeld { $example }.
identify-summary = Kijk uw gebruikersnaam na
identify-empty = Typ uw e-mailadres of uw gebruikersnaam.
identify-not-a-user-name = Dit is geen gebruikersnaam. Hij is te lang, of er staat een teken in dat niet mag.
identify-unknown = Niemand heeft hier deze gebruikersnaam. Kijk na hoe u hem hebt geschreven. Klopt hij, neem dan contact op met het secretariaat.
identify-forgot-title = Kent u uw gebruikersnaam niet?
identify-forgot = Vaak is het het begin van uw e-mailadres. Anders vraagt u hem aan het secretariaat.

## Wachten, als er heel veel mensen tegelijk komen

wait-title = Een ogenblik, alstublieft
wait-summary = U bent nog niet aan de beurt
wait-not-yet = Wacht nog { $wait } en druk dan op “Verder”.
wait-what = Er zijn heel veel mensen tegelijk. Om alle accounts te beschermen, laten we ze één voor één binnen.
wait-now = Wacht { $wait } en druk dan op “Verder”. Laat deze pagina open: zij houdt uw plaats vrij.
wait-full-title = Het is hier heel druk
wait-full-what = Er zijn heel veel mensen tegelijk, en alle plaatsen in de rij zijn bezet. Er is niets veranderd.
wait-full-now = Wacht { $wait } en druk dan op “Opnieuw proberen”.
wait-script = Zet u JavaScript aan, dan hoeft u niet te wachten.
wait-help = Is het dringend? Wacht niet en neem contact op met het secretariaat.
wait-go-on = Verder
wait-try-again = Opnieuw proberen
work-now = Een ogenblik: uw browser doet een korte controle. Daarna gaat deze pagina vanzelf verder.
work-soon = Een ogenblik: uw browser rondt een korte controle af. Daarna gaat deze pagina vanzelf verder.

## Hoe u het bewijst

method-title = Hoe kunt u bewijzen dat u het bent?
method-title-again = Hoe kunt u het nog eens bewijzen?
method-lead-only = Kies een manier. U krijgt een code en typt die hier.
method-lead-first = Kies een eerste manier. Daarna vragen we u nog een andere.
method-lead-more = Kies een andere manier. Daarna vragen we er nog één.
method-lead-last = Kies een andere manier. Dit is het laatste bewijs.
method-summary = Kies een andere manier
method-email = Een e-mail krijgen
method-sms = Een sms krijgen
method-call = Een oproep krijgen
method-none = Geen van deze manieren
method-none-hint = Ik kan ze niet gebruiken
method-unknown-title = Herkent u niets?
method-unknown = Misschien is uw gebruikersnaam verkeerd getypt. { $link }.
method-unknown-link = Kijk hem na
method-unable-title = Kunt u geen enkele manier gebruiken?
method-unable = Neem contact op met het secretariaat: daar kennen ze u.

## Het volledige contact

contact-title-mobile = Wat is uw gsm-nummer?
contact-title-office = Wat is uw telefoonnummer op het werk?
contact-title-email = Wat is uw e-mailadres?
contact-lead-phone = We verwachten een nummer { $mask }. Typ het volledig om de code te krijgen.
contact-lead-email = We verwachten een adres { $mask }. Typ het volledig om de code te krijgen.
contact-label-mobile = Gsm-nummer
contact-label-office = Telefoonnummer
contact-label-email = E-mailadres
contact-hint-phone = Met of zonder spaties. Vanuit een ander land begint u met + en het landnummer.
contact-hint-phone-example = Met of zonder spaties, bijvoorbeeld { $home } of { $abroad }.
contact-hint-email = Uw andere adres, niet dat van het account waar u weer in wilt.
contact-send-sms = De sms sturen
contact-send-call = Mij bellen
contact-send-email = De e-mail sturen
contact-summary-phone = Kijk uw nummer na
contact-summary-email = Kijk uw adres na
contact-changed-phone = Hebt u een ander nummer? Kies een andere manier of neem contact op met het secretariaat.
contact-changed-email = Hebt u een ander adres? Kies een andere manier of neem contact op met het secretariaat.

## De code

code-title-email = Typ de code uit uw e-mail
code-title-sms = Typ de code uit uw sms
code-title-call = Typ de code die u aan de telefoon hoort
code-lead-email = Gevraagd om { $time } voor het adres { $contact }. De code komt binnen een minuut.
code-lead-sms = Gevraagd om { $time } voor het nummer { $contact }. De code komt binnen een minuut.
code-lead-call = Gevraagd om { $time } voor het nummer { $contact }. De telefoon gaat binnen een minuut.
code-lead-email-typed = Gevraagd om { $time } voor { $contact } ({ $correct }). Is dit het adres van dit account, dan komt de code binnen een minuut.
code-lead-sms-typed = Gevraagd om { $time } voor { $contact } ({ $correct }). Is dit het nummer van dit account, dan komt de code binnen een minuut.
code-lead-call-typed = Gevraagd om { $time } voor { $contact } ({ $correct }). Is dit het nummer van dit account, dan gaat de telefoon binnen een minuut.
code-correct = verbeteren
code-label = Code van { $n } cijfers
code-hint = Geldig tot { $time }. Geef de code aan niemand.
code-summary = Kijk uw code na
code-fresh = Nieuwe code
code-fresh-call = Bel mij opnieuw
code-fresh-wait = Niets gekregen? U kunt een nieuwe code vragen over { $wait }.
code-fresh-soon = U kunt over 30 seconden een nieuwe code vragen.
code-fresh-now = Niets gekregen? U kunt een nieuwe code vragen.
code-missing-email = Kijk ook bij de ongewenste e-mail (spam).
code-missing-sms = Kijk of uw telefoon bereik heeft.
code-missing-call = Neem op en druk op de toets die gevraagd wordt. Een stem zegt de code twee keer.
code-problem = Hebt u een probleem?
code-other-method = Een andere manier gebruiken
code-receive-fresh = Een nieuwe code krijgen

## Het nieuwe wachtwoord

password-title = Kies een nieuw wachtwoord
password-advice = Een tip: neem vier woorden die niets met elkaar te maken hebben. Voeg een hoofdletter, een cijfer en een symbool toe.
password-label = Nieuw wachtwoord
password-again-label = Typ het nog een keer
password-show-new = Het nieuwe wachtwoord tonen
password-show-again = De tweede invoer tonen
password-summary = Uw wachtwoord is nog niet gewijzigd
strength-label = Dit wachtwoord is
strength-1 = zwak
strength-2 = matig
strength-3 = goed
strength-4 = sterk
rules-title = De regels
rule-met = ja
rule-unmet = nog niet
rule-min-length = { $n } tot { $m } tekens
rule-min-length-only = { $n } tekens of meer
rule-max-length = Hoogstens { $m } tekens
rule-min-upper =
    { $n ->
        [one] Een hoofdletter
       *[other] { $n } hoofdletters
    }
rule-min-lower =
    { $n ->
        [one] Een kleine letter
       *[other] { $n } kleine letters
    }
rule-min-digits =
    { $n ->
        [one] Een cijfer
       *[other] { $n } cijfers
    }
rule-min-symbols =
    { $n ->
        [one] Een symbool (! of ?)
       *[other] { $n } symbolen (! of ?)
    }
rule-not-user-name = Zonder uw naam
rule-min-strength = Moeilijk te raden
rule-common = Geen al te bekend wachtwoord

refused-empty = Typ een nieuw wachtwoord.
refused-min-length = Het is te kort.
refused-max-length = Het is te lang.
refused-min-upper = Er ontbreekt een hoofdletter.
refused-min-lower = Er ontbreekt een kleine letter.
refused-min-digits = Er ontbreekt een cijfer.
refused-min-symbols = Er ontbreekt een symbool, bijvoorbeeld ! of ?
refused-not-user-name = Uw naam staat erin. Kies andere woorden.
refused-min-strength = Het is te makkelijk te raden. Voeg een of twee woorden toe.
refused-common = Te veel mensen gebruiken dit wachtwoord. Het is makkelijk te raden.
refused-directory-too-short = Uw organisatie vraagt een langer wachtwoord. Voeg een woord of twee toe.
refused-directory-in-history = U hebt dit wachtwoord al gebruikt. Kies een helemaal nieuw.
refused-directory-too-simple = Uw organisatie vindt dit wachtwoord te eenvoudig. Voeg een woord, een cijfer of een symbool toe.
refused-directory-too-young = Uw wachtwoord is nog maar net gewijzigd. U moet even wachten voor u het weer kunt wijzigen. Het secretariaat kan u helpen.
refused-directory-change-not-allowed = Dit account mag zijn wachtwoord niet zelf wijzigen. Het secretariaat kan u helpen.
refused-directory-refused = De accountdienst weigert dit wachtwoord. Probeer een ander, langer wachtwoord.
refused-other = Dit wachtwoord is niet geschikt. Probeer een ander, langer wachtwoord.

## Klaar

done-title = Uw wachtwoord is gewijzigd
done-what = U kunt zich nu meteen aanmelden met uw nieuwe wachtwoord.
done-not-you-title = Was u dat niet?
done-not-you = We sturen een bericht naar al uw contacten. Daarin staat wat u moet doen.
done-devices = Vraagt uw telefoon of tablet opnieuw een wachtwoord? Typ het nieuwe.

## Hier stopt het

stopped-now-title = Wat kunt u nu doen?
stopped-help-title = Hulp nodig?
stopped-call = Neem contact op met het secretariaat.
stopped-call-reference = Neem contact op met het secretariaat en geef deze referentie: { $reference }.
stopped-start-again = Opnieuw beginnen
stopped-sign-in = Terug naar het aanmelden
stopped-look = Opnieuw kijken

stopped-too-many-attempts-title = Te veel foute codes
stopped-too-many-attempts-what = Om dit account te beschermen zijn we na een aantal foute codes gestopt. Het wachtwoord is niet gewijzigd.
stopped-too-many-attempts-now = U kunt opnieuw beginnen. Kijk eerst uw gebruikersnaam na en gebruik altijd de laatste code die u kreeg.

stopped-paused-title = Te veel pogingen voorlopig
stopped-paused-what = Om de accounts te beschermen houden we een pauze tot { $until }. Het wachtwoord is niet gewijzigd.
stopped-paused-now = Kom terug na { $until }. Kijk eerst uw gebruikersnaam na en begin dan opnieuw. Is het dringend? Wacht dan niet en neem contact op met het secretariaat.

stopped-too-late-title = De tijd is om
stopped-too-late-what = Deze pagina heeft lang gewacht. We hebben ze gesloten om dit account te beschermen. Het wachtwoord is niet gewijzigd.
stopped-too-late-now = Begin opnieuw wanneer u wilt. U krijgt dan nieuwe codes.

stopped-no-method-title = Het secretariaat zal u helpen
stopped-no-method-what = U kunt geen van deze manieren gebruiken. Dat is niet erg. Het wachtwoord is niet gewijzigd.
stopped-no-method-now = Neem contact op met het secretariaat. Daar gaan ze na wie u bent en helpen ze u weer in uw account.

stopped-cancelled-title = U hebt geannuleerd
stopped-cancelled-what = Er is niets gewijzigd. Uw wachtwoord is nog altijd hetzelfde.
stopped-cancelled-now = U kunt opnieuw beginnen wanneer u wilt.

stopped-too-few-methods-title = Er ontbreekt een contact
stopped-too-few-methods-what = Uw code was juist. Maar we hebben nog een bewijs nodig, en dit account heeft niet genoeg contacten. Het wachtwoord is niet gewijzigd.
stopped-too-few-methods-at-once = Om zeker te zijn dat u het bent, hebben we meer contacten nodig dan dit account heeft. Het wachtwoord is niet gewijzigd.
stopped-too-few-methods-now = Vraag het secretariaat om een gsm-nummer of een e-mailadres toe te voegen. Begin daarna hier opnieuw.

stopped-disabled-title = Dit account is uitgeschakeld
stopped-disabled-what = Uw code was juist. Maar dit account is voorlopig gesloten, en een nieuw wachtwoord verandert daar niets aan. Het wachtwoord is niet gewijzigd.
stopped-disabled-at-once = Dit account is voorlopig gesloten, en een nieuw wachtwoord verandert daar niets aan. Het wachtwoord is niet gewijzigd.
stopped-disabled-now = Vraag het secretariaat om uw account te openen. Begin daarna hier opnieuw.

stopped-reported-title = Dit account is voorlopig beschermd
stopped-reported-what = Uw code was juist. Maar iemand heeft voor dit account gemeld: ‘Dat was ik niet’. Daarom houden we een pauze. Het wachtwoord is niet gewijzigd.
stopped-reported-at-once = Iemand heeft voor dit account gemeld: ‘Dat was ik niet’. Daarom houden we een pauze. Het wachtwoord is niet gewijzigd.
stopped-reported-now = Neem contact op met het secretariaat. Daar gaan ze het met u na en kunnen ze de pauze beëindigen.

stopped-fresh-contacts-title = Een contact is nieuw
stopped-fresh-contacts-what = Uw code was juist. Maar een e-mailadres of telefoonnummer van dit account is nieuw. Om u te beschermen telt het pas na { $until }. Het wachtwoord is niet gewijzigd.
stopped-fresh-contacts-at-once = Een e-mailadres of telefoonnummer van dit account is nieuw. Om het account te beschermen telt het pas vanaf { $until }. Het wachtwoord is niet gewijzigd.
stopped-fresh-contacts-now = Kom terug na { $until }. Is het dringend? Wacht dan niet en neem contact op met het secretariaat.

stopped-proofs-void-title = Begin opnieuw
stopped-proofs-void-what = Er is iets veranderd terwijl u hier was: een contact van dit account, of de regels. Daarom tellen uw bewijzen niet meer. Het wachtwoord is niet gewijzigd.
stopped-proofs-void-now = Begin opnieuw: u krijgt nieuwe codes. Gebeurt dit nog eens? Neem dan contact op met het secretariaat.

stopped-account-unusable-title = Dit account is niet meer beschikbaar
stopped-account-unusable-what = Het account is gesloten of verwijderd terwijl u hier was. Het wachtwoord is niet bewaard.
stopped-account-unusable-now = Vraag aan het secretariaat wat er met uw account gebeurt.

stopped-write-not-allowed-title = We kunnen dit wachtwoord niet wijzigen
stopped-write-not-allowed-what = Uw bewijzen waren juist. Maar onze dienst mag het wachtwoord van dit account niet wijzigen. Het wachtwoord is niet gewijzigd.
stopped-write-not-allowed-now = Het is niet uw fout. Laat het weten aan het secretariaat: daar brengen ze het in orde.

stopped-never-settled-title = We weten niet of het wachtwoord gewijzigd is
stopped-never-settled-what = De accountdienst antwoordde niet op tijd. Misschien is het nieuwe wachtwoord bewaard, misschien niet.
stopped-never-settled-now = Probeer u aan te melden met het nieuwe wachtwoord, en daarna met het oude. Werkt geen van beide? Begin dan opnieuw.

stopped-writing-title = We bewaren uw wachtwoord
stopped-writing-what = Dat duurt enkele seconden. Uw bewijzen blijven gelden.
stopped-writing-now = Wacht even en druk dan op ‘Opnieuw kijken’.

stopped-unclear-title = We weten het nog niet
stopped-unclear-what = We hebben uw nieuwe wachtwoord aan de accountdienst gegeven, maar die antwoordde niet. Misschien is het wachtwoord gewijzigd, misschien niet. Uw bewijzen blijven gelden.
stopped-unclear-now = Wacht een minuut en druk dan op ‘Opnieuw kijken’. Onthoud allebei de wachtwoorden, het nieuwe en het oude.

stopped-waiting-title = We wachten op iemand anders
stopped-waiting-what = Iemand moet eerst voor u antwoorden. Het wachtwoord is niet gewijzigd.
stopped-waiting-now = Houd dit toestel bij u. Kom in dezelfde browser terug naar deze pagina en druk op ‘Opnieuw kijken’.

stopped-not-valid-title = Deze pagina is niet meer geldig
stopped-not-valid-what = Ze is te oud, of u bent in een ander tabblad verdergegaan. Wat u net verstuurde, telt niet mee.
stopped-not-valid-now = Staat er een ander tabblad open? Ga dan daar verder. Begin anders opnieuw.

stopped-no-cookie-title = We zijn de draad kwijt
stopped-no-cookie-what = Uw browser zei ons niet waar u gebleven was: de pagina is te oud, of hij weigert cookies. Het wachtwoord is niet gewijzigd.
stopped-no-cookie-now = Begin opnieuw. Komt deze pagina terug? Sta dan cookies toe voor deze site, of probeer een andere browser.

## Schrijven naar het secretariaat

letter-title = Schrijven naar het secretariaat
letter-lead = Vertel wat er aan de hand is. Het secretariaat antwoordt u. Schrijf nooit een wachtwoord of een code.
letter-name = Uw naam
letter-reach = Hoe kunnen we u bereiken?
letter-reach-hint = Een telefoonnummer of een e-mailadres dat u nu kunt gebruiken.
letter-what = Wat is er aan de hand?
letter-what-hint = Bijvoorbeeld: ‘Ik heb een nieuw nummer en ik krijg de code niet.’
letter-reference = We voegen deze referentie toe: { $reference }.
letter-send = Versturen
letter-back = Terug naar mijn account
letter-summary = Uw bericht is nog niet vertrokken
letter-no-name = Schrijf uw naam.
letter-no-reach = Schrijf een telefoonnummer of een e-mailadres.
letter-no-what = Schrijf in enkele woorden wat er aan de hand is.
letter-too-long = Dat is te lang. Schrijf hoogstens { $n } tekens.
letter-paused = Er zijn van hieruit te veel berichten verstuurd. Probeer opnieuw na { $moment }, of bel ons.
letter-not-sent = Uw bericht kon niet vertrekken. Probeer over enkele minuten opnieuw, of bel ons.
letter-sent-title = Uw bericht is onderweg
letter-sent-what = Het secretariaat leest het en antwoordt u.
letter-sent-beware-title = Blijf voorzichtig
letter-sent-beware = Het secretariaat vraagt u nooit om een wachtwoord of een code.

## Dat was ik niet

not-me-title = Was u dat niet?
not-me-what = Iemand probeerde in uw account te komen. Was u dat niet? Laat het ons weten.
not-me-what-reset = Het wachtwoord van uw account is gewijzigd op { $moment }. Was u dat niet? Laat het ons weten.
not-me-effect-title = Als u het meldt
not-me-effect = Het secretariaat weet het meteen. Een tijdlang kan niemand het wachtwoord hier nog wijzigen.
not-me-send = Dat was ik niet
not-me-it-was-me = Dat was ik wel
not-me-done-title = Bedankt, het secretariaat weet het
not-me-done =
    { $n ->
        [one] Eén uur lang kan niemand hier weer in dit account komen.
       *[other] { $n } uur lang kan niemand hier weer in dit account komen.
    }
not-me-done-now = Bel het secretariaat zo snel mogelijk. Kijk ook na of niemand anders uw e-mails leest.
not-me-unknown-title = Deze link is niet meer geldig
not-me-unknown = Hij is te oud, of hij is al gebruikt. Maakt u zich zorgen? Neem contact op met het secretariaat.

## Het wachtwoord wijzigen

change-title = Wachtwoord wijzigen
change-title-must = Kies eerst een nieuw wachtwoord
change-lead-must = Uw huidige wachtwoord werkt maar één keer. Kies uw eigen wachtwoord om verder te gaan.
change-summary = Uw wachtwoord is nog niet gewijzigd
change-current = Huidig wachtwoord
change-show-current = Het huidige wachtwoord tonen
change-finish = Wijzigen
change-forgot = Uw huidige wachtwoord vergeten?
change-wrong-current = Dit is niet uw huidige wachtwoord.
change-unclear = De accountdienst antwoordde niet. Misschien is het wachtwoord gewijzigd, misschien niet. Meld u af en probeer het nieuwe.
change-not-allowed = Dit account kan zijn wachtwoord hier niet wijzigen. Neem contact op met het secretariaat.

## Fouten

error-not-found-title = Deze pagina bestaat niet
error-not-found-what = Misschien is het adres verkeerd getypt, of is de link te oud. Er is niets gewijzigd.
error-not-understood-title = We hebben het niet begrepen
error-not-understood-what = Uw browser stuurde iets wat we niet verwachtten. Er is niets gewijzigd. Ga terug naar het begin en probeer opnieuw.
error-too-many-title = Te veel aanvragen tegelijk
error-too-many-what = Er komen veel aanvragen van uw netwerk. Wacht een minuut en probeer opnieuw.
error-broken-title = Er ging iets mis bij ons
error-broken-what = Het is niet uw fout. Probeer het over enkele minuten nog een keer.
error-busy-title = Nu niet beschikbaar
error-busy-what = De dienst is bezet of in onderhoud. Probeer het over enkele minuten opnieuw.
error-recover = Terug naar mijn account

## De demo

messages-title = De berichten die aankwamen
messages-lead = In de demo komen e-mails, sms’en en oproepen hier aan. Er wordt niets echt verstuurd.
messages-refresh = Vernieuwen
messages-recover = Weer in een account komen
messages-mailbox = De e-mails
messages-phone = De telefoon
messages-from = Van
messages-to = Aan
messages-call = Oproep naar
messages-sms = Sms naar
messages-as-text = Alleen de tekst tonen
messages-no-mail = Nog geen e-mail.
messages-no-phone = Nog geen sms of oproep.

## Uw gegevens

privacy-title = Uw gegevens
privacy-lead = Deze pagina’s helpen u terug in uw account. Daarvoor gebruiken ze een paar gegevens over u. Hier leest u welke, waarom en hoelang.
privacy-who-title = Wie beslist over uw gegevens?
privacy-who = { $controller }. Hieronder staat aan wie u iets kunt vragen.
privacy-what-title = Wat gebruiken we, en waarom?
privacy-what-name = Uw gebruikersnaam, om uw account te vinden.
privacy-what-contacts = Uw e-mailadressen en telefoonnummers, om u een code te sturen en u te waarschuwen als er iets met uw account gebeurt.
privacy-what-code = De codes die we sturen, om te zien of u het echt bent. Wat we van een code bewaren, kan niemand lezen.
privacy-what-network = Het adres van uw netwerk, om mensen te stoppen die codes raden of veel accounts proberen.
privacy-what-device = Het soort toestel, bijvoorbeeld een iPhone. Dat staat in onze berichten, zodat u ziet of u het zelf was.
privacy-what-password = Uw nieuwe wachtwoord. We geven het door aan uw account, en niemand hier kan het lezen.
privacy-why-title = Waarom mogen we dat?
privacy-why-public-task = Uw account hoort bij onze openbare taak, bijvoorbeeld lesgeven (AVG, artikel 6, lid 1, e).
privacy-why-contract = Uw account hoort bij een overeenkomst met ons, en u moet erin kunnen (AVG, artikel 6, lid 1, b).
privacy-why-legitimate-interest = U wilt terug in uw account, en niemand anders mag erin. Dat is belangrijk voor u en voor ons (AVG, artikel 6, lid 1, f).
privacy-long-title = Hoelang bewaren we het?
privacy-long-walk = Wat u op deze pagina’s doet: tot één dag nadat u klaar bent.
privacy-long-code = Een code: tot ze verstuurd is, hooguit een paar minuten.
privacy-long-notice =
    { $n ->
        [one] Andere berichten: tot ze verstuurd zijn, hooguit drie dagen. Dat er een bericht verstuurd is: nog { $n } dag.
       *[other] Andere berichten: tot ze verstuurd zijn, hooguit drie dagen. Dat er een bericht verstuurd is: nog { $n } dagen.
    }
privacy-long-network =
    { $n ->
        [one] Het adres van uw netwerk: { $n } dag.
       *[other] Het adres van uw netwerk: { $n } dagen.
    }
privacy-long-audit =
    { $n ->
        [one] Wat hier met uw account gebeurd is, zodat bedrog opvalt: { $n } dag.
       *[other] Wat hier met uw account gebeurd is, zodat bedrog opvalt: { $n } dagen.
    }
privacy-long-tries = Hoe vaak iemand het geprobeerd heeft: hoogstens een maand.
privacy-long-contacts = Contactgegevens die de school of het bedrijf ons voor u gaf: zolang u uw account hebt. Een contact dat verdwenen is: nog drie dagen, om u de verandering te melden.
privacy-cookies-title = Welke cookies zijn er?
privacy-cookies = Alleen die welke deze pagina’s nodig hebben. Geen enkele volgt u.
privacy-cookie-recovery = Eén weet hoe ver u bent. Die verdwijnt als u de browser sluit.
privacy-cookie-browser = Eén herkent een browser waarmee u al binnen was, zodat vreemden u niet kunnen buitensluiten. Die blijft 180 dagen.
privacy-cookie-forms = Eén zorgt ervoor dat andere websites geen formulieren in uw naam invullen. Die verdwijnt als u de browser sluit.
privacy-cookie-session = Eén houdt u aangemeld, 30 minuten lang.
privacy-cookie-language = Eén onthoudt uw taal, een jaar lang.
privacy-cookie-note = Eén brengt een kort bericht naar de volgende pagina, een minuut lang.
privacy-others-title = Wie ziet het nog?
privacy-others = Het secretariaat en de mensen die voor de computers zorgen, als dat nodig is om u te helpen. We verkopen niets, en er is geen reclame.
privacy-others-mail = E-mails gaan via een maildienst, zoals elke e-mail.
privacy-others-sms = Sms’en gaan via een telefoonbedrijf. Dat ziet uw nummer en de tekst.
privacy-others-call = Oproepen gaan via een telefoonbedrijf. Dat ziet uw nummer en hoort wat er gezegd wordt.
privacy-rights-title = Wat kunt u vragen?
privacy-rights = U mag zien wat we over u bewaren. U mag het laten verbeteren of wissen, en u mag nee zeggen tegen wat we ermee doen. Het kost niets, en we antwoorden binnen een maand.
privacy-rights-write = Schrijf naar { $contact }.
privacy-rights-helpdesk = Vraag het aan het secretariaat.
privacy-rights-complain = Niet tevreden met het antwoord? Dan kunt u een klacht indienen bij { $authority }.
privacy-rights-complain-anywhere = Niet tevreden met het antwoord? Dan kunt u een klacht indienen bij de gegevensbeschermingsautoriteit van uw land.
