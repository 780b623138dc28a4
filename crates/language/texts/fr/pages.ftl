# Les pages. On vouvoie ; les phrases sont courtes ; un enfant de dix ans doit les comprendre.
# Une espace insécable précède ? ! : ; et suit «.

## Partout

walk-recover = Retrouver votre compte
walk-security = Informations de sécurité
walk-demo = Les messages de la démonstration
language-label = Langue
help-label = Aide
error-title = Erreur : { $title }
summary-title = Il reste quelque chose à corriger
who-label = Compte :
who-change = Changer
who-change-full = Changer de compte
trail-label = Étapes
trail-proof = Preuve { $n }
trail-proof-only = Preuve
trail-password = Nouveau mot de passe
trail-done = fait
button-next = Continuer
button-cancel = Annuler
button-show = Afficher
button-method = Autre méthode
button-finish = Terminer
button-sign-in = Me connecter
button-more-time = Avoir plus de temps
contact-the-helpdesk = Contacter le secrétariat
page-waits = Cette page vous attend jusqu’à { $moment }.
form-not-valid = Cette page était ouverte depuis trop longtemps. Rien n’a été envoyé. Essayez encore une fois.
footer-helpdesk = Écrire au secrétariat
footer-messages = Messages de la démonstration
footer-privacy = Vos données
footer-accessibility = Accessibilité
secretariat-title = Le secrétariat vous aide
secretariat-write = Écrire un message

# Un contact masqué, pour ceux qui écoutent la page.
mask-phone = qui se termine par { $digits }
mask-email = qui commence par { $first }, chez { $domain }
mask-email-alone = qui commence par { $first }
line-email = Adresse
line-mobile = Mobile
line-office = Téléphone du bureau

wait-seconds =
    { $n ->
        [one] { $n } seconde
       *[other] { $n } secondes
    }
wait-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }

## Ce qui vient de se passer

notice-not-a-number = Ce n’est pas un numéro de téléphone complet. Comptez les chiffres et essayez encore.
notice-not-an-address = Ce n’est pas une adresse e-mail complète. Il faut un @, par exemple nom@exemple.be.
notice-does-not-fit = Ce n’est pas le contact affiché. Vérifiez-le.
notice-does-not-fit-phone = Nous attendons un numéro { $mask }. Vérifiez le vôtre.
notice-does-not-fit-email = Nous attendons une adresse { $mask }. Vérifiez la vôtre.
notice-code-wrong =
    { $n ->
        [one] Ce n’est pas le bon code. Il vous reste un seul essai.
       *[other] Ce n’est pas le bon code. Il vous reste { $n } essais.
    }
notice-not-a-code = Tapez seulement les chiffres du code. Cet essai ne compte pas.
notice-code-expired = Ce code n’est plus valable. Demandez un nouveau code.
notice-wait = Il y a eu trop d’essais faux pour le moment, de vous ou de quelqu’un d’autre. Nous n’avons pas vérifié celui-ci. Réessayez dans { $wait }.
notice-no-more-messages = Nous ne pouvons plus envoyer de code à ce contact pour le moment. Choisissez une autre méthode.
notice-passwords-differ = Les deux mots de passe sont différents. Tapez deux fois le même.
notice-directory-away = Le service des comptes ne répond pas. Votre mot de passe n’a pas changé. Attendez une minute, puis essayez encore.
notice-not-written = Votre mot de passe n’a pas pu être enregistré. L’ancien est toujours valable. Tapez le nouveau encore une fois.
notice-not-yet = Un code est déjà en route. Vous pourrez en demander un autre dans { $wait }.
notice-fresh-code = Un nouveau code est en route. L’ancien ne marche plus.
notice-more-time = D’accord. Vous avez du temps jusqu’à { $moment }.
notice-more-time-plain = D’accord. Vous avez plus de temps.
notice-gate-passed = C’est juste. Une étape de faite !

## Connexion

sign-in-title = Connexion
sign-in-summary = Vous n’êtes pas encore connecté
sign-in-password = Mot de passe
sign-in-show = Afficher le mot de passe
sign-in-recover = Vous n’arrivez pas à vous connecter ?
sign-in-recover-hint = Choisissez un nouveau mot de passe en deux minutes.
sign-in-empty = Tapez votre nom d’utilisateur et votre mot de passe.
sign-in-wrong = Le nom d’utilisateur ou le mot de passe n’est pas juste. Vérifiez les deux.
sign-in-paused = Il y a eu trop d’essais. Réessayez après { $moment }.
sign-in-directory-away = Le service des comptes ne répond pas. Réessayez dans quelques minutes.
sign-in-after-sign-out = Vous êtes déconnecté.
sign-in-after-time-out = Vous êtes resté longtemps sans rien faire. Nous vous avons déconnecté pour protéger votre compte.

signed-in-title = Bonjour { $name } !
signed-in-as = Vous êtes connecté avec le compte { $user }.
signed-in-changed = Votre mot de passe est changé.
signed-in-change = Changer de mot de passe
signed-in-sign-out = Me déconnecter
signed-in-forget = Me déconnecter et oublier cet appareil
signed-in-shared = Quelqu’un d’autre utilise cet appareil ? Déconnectez-vous quand vous avez fini.

## Quel compte

realm-title = Quel genre de compte avez-vous ?
realm-lead = Choisissez celui que vous voulez retrouver.
realm-unsure-title = Vous hésitez ?
realm-unsure = Demandez au secrétariat : il sait quel compte est le vôtre.

identify-title = Quel est votre compte ?
identify-lead = Nous vérifions que c’est bien vous. Ensuite, vous choisissez un nouveau mot de passe. Gardez votre téléphone près de vous.
identify-realm = Genre de compte
identify-label = Adresse e-mail ou nom d’utilisateur
identify-hint = Ce que vous tapez pour vous connecter.
identify-hint-example = Ce que vous tapez pour vous connecter, par exemple { $example }.
identify-summary = Vérifiez votre nom d’utilisateur
identify-empty = Tapez votre adresse e-mail ou votre nom d’utilisateur.
identify-not-a-user-name = Ce n’est pas un nom d’utilisateur. Il est trop long, ou il contient un signe interdit.
identify-unknown = Personne n’a ce nom d’utilisateur ici. Vérifiez comment vous l’avez écrit. S’il est juste, contactez le secrétariat.
identify-forgot-title = Vous ne connaissez pas votre nom d’utilisateur ?
identify-forgot = C’est souvent le début de votre adresse e-mail. Sinon, demandez-le au secrétariat.

## Attendre, quand il y a trop de monde

wait-title = Un instant, s’il vous plaît
wait-summary = Ce n’est pas encore votre tour
wait-not-yet = Attendez encore { $wait }, puis appuyez sur « Continuer ».
wait-what = Beaucoup de gens arrivent en même temps. Pour protéger tous les comptes, nous les laissons entrer l’un après l’autre.
wait-now = Attendez { $wait }, puis appuyez sur « Continuer ». Gardez cette page ouverte : elle garde votre place.
wait-full-title = Il y a beaucoup de monde ici
wait-full-what = Beaucoup de gens arrivent en même temps, et toutes les places de la file sont prises. Rien n’a changé.
wait-full-now = Attendez { $wait }, puis appuyez sur « Réessayer ».
wait-script = Si vous activez JavaScript, vous n’avez pas besoin d’attendre.
wait-help = C’est urgent ? N’attendez pas : contactez le secrétariat.
wait-go-on = Continuer
wait-try-again = Réessayer
work-now = Un instant : votre navigateur fait une petite vérification. Ensuite, cette page continue toute seule.
work-soon = Un instant : votre navigateur termine une petite vérification. Ensuite, cette page continue toute seule.

## Comment le prouver

method-title = Comment prouver que c’est vous ?
method-title-again = Comment le prouver encore une fois ?
method-lead-only = Choisissez une méthode. Vous recevez un code, puis vous le tapez ici.
method-lead-first = Choisissez une première méthode. Nous vous en demanderons ensuite une autre.
method-lead-more = Choisissez une autre méthode. Nous vous en demanderons encore une après.
method-lead-last = Prenez une méthode différente. C’est la dernière preuve.
method-summary = Choisissez une autre méthode
method-email = Recevoir un e-mail
method-sms = Recevoir un SMS
method-call = Recevoir un appel
method-none = Aucune de ces méthodes
method-none-hint = Je ne peux pas les utiliser
method-unknown-title = Vous ne reconnaissez rien ?
method-unknown = Votre nom d’utilisateur est peut-être mal écrit. { $link }.
method-unknown-link = Vérifiez-le
method-unable-title = Vous ne pouvez utiliser aucune méthode ?
method-unable = Contactez le secrétariat : il vous connaît.

## Le contact en entier

contact-title-mobile = Quel est votre numéro de mobile ?
contact-title-office = Quel est votre numéro au bureau ?
contact-title-email = Quelle est votre adresse e-mail ?
contact-lead-phone = Nous attendons un numéro { $mask }. Tapez-le en entier pour recevoir le code.
contact-lead-email = Nous attendons une adresse { $mask }. Tapez-la en entier pour recevoir le code.
contact-label-mobile = Numéro de mobile
contact-label-office = Numéro de téléphone
contact-label-email = Adresse e-mail
contact-hint-phone = Avec ou sans espaces. Hors du pays, commencez par + et l’indicatif.
contact-hint-phone-example = Avec ou sans espaces, par exemple { $home } ou { $abroad }.
contact-hint-email = Votre autre adresse, pas celle du compte que vous voulez retrouver.
contact-send-sms = Envoyer le SMS
contact-send-call = M’appeler
contact-send-email = Envoyer l’e-mail
contact-summary-phone = Vérifiez votre numéro
contact-summary-email = Vérifiez votre adresse
contact-changed-phone = Vous avez changé de numéro ? Choisissez une autre méthode ou contactez le secrétariat.
contact-changed-email = Vous avez changé d’adresse ? Choisissez une autre méthode ou contactez le secrétariat.

## Le code

code-title-email = Tapez le code reçu par e-mail
code-title-sms = Tapez le code reçu par SMS
code-title-call = Tapez le code entendu au téléphone
code-lead-email = Demandé à { $time } pour l’adresse { $contact }. Le code arrive dans la minute.
code-lead-sms = Demandé à { $time } pour le numéro { $contact }. Le code arrive dans la minute.
code-lead-call = Demandé à { $time } pour le numéro { $contact }. Le téléphone sonne dans la minute.
code-lead-email-typed = Demandé à { $time } pour { $contact } ({ $correct }). Si c’est l’adresse de ce compte, le code arrive dans la minute.
code-lead-sms-typed = Demandé à { $time } pour le { $contact } ({ $correct }). Si c’est le numéro de ce compte, le code arrive dans la minute.
code-lead-call-typed = Demandé à { $time } pour le { $contact } ({ $correct }). Si c’est le numéro de ce compte, le téléphone sonne dans la minute.
code-correct = corriger
code-label = Code à { $n } chiffres
code-hint = Valable jusqu’à { $time }. Ne le donnez à personne.
code-summary = Vérifiez votre code
code-fresh = Nouveau code
code-fresh-call = Me rappeler
code-fresh-wait = Rien reçu ? Nouveau code possible dans { $wait }.
code-fresh-now = Rien reçu ? Vous pouvez demander un nouveau code.
code-fresh-soon = Nouveau code possible dans 30 secondes.
code-missing-email = Regardez aussi dans les indésirables (spam).
code-missing-sms = Vérifiez que votre téléphone a du réseau.
code-missing-call = Décrochez et appuyez sur la touche demandée. Une voix dit le code deux fois.
code-problem = Vous avez un problème ?
code-other-method = Utiliser une autre méthode
code-receive-fresh = Recevoir un nouveau code

## Le nouveau mot de passe

password-title = Choisissez un nouveau mot de passe
password-advice = Un conseil : prenez quatre mots sans lien entre eux. Ajoutez une majuscule, un chiffre et un symbole.
password-label = Nouveau mot de passe
password-again-label = Tapez-le encore une fois
password-show-new = Afficher le nouveau mot de passe
password-show-again = Afficher la seconde saisie
password-summary = Votre mot de passe n’a pas encore changé
strength-label = Ce mot de passe est
strength-1 = faible
strength-2 = moyen
strength-3 = bon
strength-4 = fort
rules-title = Les règles
rule-met = oui
rule-unmet = pas encore
rule-min-length = { $n } à { $m } caractères
rule-min-length-only = { $n } caractères ou plus
rule-max-length = { $m } caractères au plus
rule-min-upper =
    { $n ->
        [one] Une majuscule
       *[other] { $n } majuscules
    }
rule-min-lower =
    { $n ->
        [one] Une minuscule
       *[other] { $n } minuscules
    }
rule-min-digits =
    { $n ->
        [one] Un chiffre
       *[other] { $n } chiffres
    }
rule-min-symbols =
    { $n ->
        [one] Un symbole (! ou ?)
       *[other] { $n } symboles (! ou ?)
    }
rule-not-user-name = Sans votre nom
rule-min-strength = Difficile à deviner
rule-common = Pas un mot de passe trop connu

refused-empty = Tapez un nouveau mot de passe.
refused-min-length = Il est trop court.
refused-max-length = Il est trop long.
refused-min-upper = Il manque une lettre majuscule.
refused-min-lower = Il manque une lettre minuscule.
refused-min-digits = Il manque un chiffre.
refused-min-symbols = Il manque un symbole, par exemple ! ou ?
refused-not-user-name = Il contient votre nom. Choisissez d’autres mots.
refused-min-strength = Il est trop facile à deviner. Ajoutez un mot ou deux.
refused-common = Trop de gens utilisent ce mot de passe. Il est facile à deviner.
refused-directory-too-short = Votre organisation demande un mot de passe plus long. Ajoutez un mot ou deux.
refused-directory-in-history = Vous avez déjà utilisé ce mot de passe. Choisissez-en un tout nouveau.
refused-directory-too-simple = Votre organisation trouve ce mot de passe trop simple. Ajoutez un mot, un chiffre ou un symbole.
refused-directory-too-young = Votre mot de passe a changé il y a peu de temps. Il faut attendre avant de le changer encore. Le secrétariat peut vous aider.
refused-directory-change-not-allowed = Ce compte ne peut pas changer de mot de passe lui-même. Le secrétariat peut vous aider.
refused-directory-refused = Le service des comptes refuse ce mot de passe. Essayez-en un autre, plus long.
refused-other = Ce mot de passe ne convient pas. Essayez-en un autre, plus long.

## C’est fait

done-title = Votre mot de passe est changé
done-what = Vous pouvez vous connecter dès maintenant avec votre nouveau mot de passe.
done-not-you-title = Ce n’était pas vous ?
done-not-you = Nous envoyons un message à tous vos contacts. Il dit quoi faire.
done-devices = Votre téléphone ou votre tablette redemande un mot de passe ? Tapez le nouveau.

## Arrêts

stopped-now-title = Que faire maintenant ?
stopped-help-title = Besoin d’aide ?
stopped-call = Contactez le secrétariat.
stopped-call-reference = Contactez le secrétariat et donnez cette référence : { $reference }.
stopped-start-again = Recommencer
stopped-sign-in = Revenir à la connexion
stopped-look = Regarder à nouveau

stopped-too-many-attempts-title = Trop de codes faux
stopped-too-many-attempts-what = Pour protéger ce compte, nous nous sommes arrêtés après plusieurs codes faux. Le mot de passe n’a pas changé.
stopped-too-many-attempts-now = Vous pouvez recommencer. Vérifiez d’abord votre nom d’utilisateur, puis utilisez toujours le dernier code reçu.

stopped-paused-title = Trop d’essais pour le moment
stopped-paused-what = Pour protéger les comptes, nous faisons une pause jusqu’à { $until }. Le mot de passe n’a pas changé.
stopped-paused-now = Revenez après { $until }. Vérifiez d’abord votre nom d’utilisateur, puis recommencez. Si c’est urgent, n’attendez pas : contactez le secrétariat.

stopped-too-late-title = Le temps est écoulé
stopped-too-late-what = Cette page a attendu longtemps. Nous l’avons fermée pour protéger ce compte. Le mot de passe n’a pas changé.
stopped-too-late-now = Recommencez quand vous voulez. Vous recevrez de nouveaux codes.

stopped-no-method-title = Le secrétariat va vous aider
stopped-no-method-what = Vous ne pouvez utiliser aucune de ces méthodes. Ce n’est pas grave. Le mot de passe n’a pas changé.
stopped-no-method-now = Contactez le secrétariat. Il vérifie qui vous êtes, puis il vous aide à retrouver votre compte.

stopped-cancelled-title = Vous avez annulé
stopped-cancelled-what = Rien n’a changé. Votre mot de passe est toujours le même.
stopped-cancelled-now = Vous pouvez recommencer quand vous voulez.

stopped-too-few-methods-title = Il manque un contact
stopped-too-few-methods-what = Votre code était juste. Mais il faut encore une autre preuve, et ce compte n’a pas assez de contacts. Le mot de passe n’a pas changé.
stopped-too-few-methods-at-once = Pour être sûrs que c’est vous, il nous faut plus de contacts que n’en a ce compte. Le mot de passe n’a pas changé.
stopped-too-few-methods-now = Demandez au secrétariat d’ajouter un numéro de mobile ou une adresse e-mail. Ensuite, recommencez ici.

stopped-disabled-title = Ce compte est désactivé
stopped-disabled-what = Votre code était juste. Mais ce compte est fermé pour le moment, et un nouveau mot de passe n’y changerait rien. Le mot de passe n’a pas changé.
stopped-disabled-at-once = Ce compte est fermé pour le moment, et un nouveau mot de passe n’y changerait rien. Le mot de passe n’a pas changé.
stopped-disabled-now = Demandez au secrétariat d’ouvrir votre compte. Ensuite, recommencez ici.

stopped-reported-title = Ce compte est protégé pour le moment
stopped-reported-what = Votre code était juste. Mais quelqu’un a signalé « ce n’était pas moi » pour ce compte. Nous faisons donc une pause. Le mot de passe n’a pas changé.
stopped-reported-at-once = Quelqu’un a signalé « ce n’était pas moi » pour ce compte. Nous faisons donc une pause. Le mot de passe n’a pas changé.
stopped-reported-now = Contactez le secrétariat. Il vérifie avec vous et peut mettre fin à la pause.

stopped-fresh-contacts-title = Un contact est nouveau
stopped-fresh-contacts-what = Votre code était juste. Mais une adresse e-mail ou un numéro de téléphone de ce compte est nouveau. Pour vous protéger, il ne compte pas avant { $until }. Le mot de passe n’a pas changé.
stopped-fresh-contacts-at-once = Une adresse e-mail ou un numéro de ce compte est nouveau. Pour protéger le compte, il ne compte qu’à partir de { $until }. Le mot de passe n’a pas changé.
stopped-fresh-contacts-now = Revenez après { $until }. Si c’est urgent, n’attendez pas : contactez le secrétariat.

stopped-proofs-void-title = Recommencez, s’il vous plaît
stopped-proofs-void-what = Quelque chose a changé pendant que vous étiez ici : un contact de ce compte, ou les règles. Vos preuves ne comptent donc plus. Le mot de passe n’a pas changé.
stopped-proofs-void-now = Recommencez : vous recevrez de nouveaux codes. Si cela se répète, contactez le secrétariat.

stopped-account-unusable-title = Ce compte n’est plus disponible
stopped-account-unusable-what = Le compte a été fermé ou supprimé pendant que vous étiez ici. Le mot de passe n’a pas été enregistré.
stopped-account-unusable-now = Demandez au secrétariat ce que devient votre compte.

stopped-write-not-allowed-title = Nous ne pouvons pas changer ce mot de passe
stopped-write-not-allowed-what = Vos preuves étaient justes. Mais notre service n’a pas le droit de changer le mot de passe de ce compte. Le mot de passe n’a pas changé.
stopped-write-not-allowed-now = Ce n’est pas votre faute. Prévenez le secrétariat : il fera le nécessaire.

stopped-never-settled-title = Nous ne savons pas si le mot de passe a changé
stopped-never-settled-what = Le service des comptes n’a pas répondu à temps. Peut-être que le nouveau mot de passe est enregistré, peut-être pas.
stopped-never-settled-now = Essayez de vous connecter avec le nouveau mot de passe, puis avec l’ancien. Si aucun ne marche, recommencez.

stopped-writing-title = Nous enregistrons votre mot de passe
stopped-writing-what = Cela prend quelques secondes. Vos preuves sont gardées.
stopped-writing-now = Attendez un instant, puis appuyez sur « Regarder à nouveau ».

stopped-unclear-title = Nous ne savons pas encore
stopped-unclear-what = Nous avons donné votre nouveau mot de passe au service des comptes, mais il n’a pas répondu. Peut-être que le mot de passe est changé, peut-être pas. Vos preuves sont gardées.
stopped-unclear-now = Attendez une minute, puis appuyez sur « Regarder à nouveau ». Gardez en tête les deux mots de passe, le nouveau et l’ancien.

stopped-waiting-title = Nous attendons une autre personne
stopped-waiting-what = Quelqu’un doit d’abord répondre pour vous. Le mot de passe n’a pas changé.
stopped-waiting-now = Gardez cet appareil. Revenez sur cette page dans ce même navigateur et appuyez sur « Regarder à nouveau ».

stopped-not-valid-title = Cette page n’est plus valable
stopped-not-valid-what = Elle est trop ancienne, ou vous avez continué dans un autre onglet. Ce que vous venez d’envoyer n’a pas compté.
stopped-not-valid-now = Si un autre onglet est ouvert, continuez là. Sinon, recommencez.

stopped-no-cookie-title = Nous avons perdu le fil
stopped-no-cookie-what = Votre navigateur ne nous a pas dit où vous en étiez : la page est trop ancienne, ou il refuse les cookies. Le mot de passe n’a pas changé.
stopped-no-cookie-now = Recommencez. Si cette page revient, autorisez les cookies de ce site ou essayez un autre navigateur.

## Écrire au secrétariat

letter-title = Écrire au secrétariat
letter-lead = Racontez ce qui se passe. Le secrétariat vous répond. N’écrivez jamais un mot de passe ou un code.
letter-name = Votre nom
letter-reach = Comment vous joindre ?
letter-reach-hint = Un numéro de téléphone ou une adresse e-mail que vous pouvez lire maintenant.
letter-what = Que se passe-t-il ?
letter-what-hint = Par exemple : « J’ai un nouveau numéro et je ne reçois pas le code. »
letter-reference = Nous joignons cette référence : { $reference }.
letter-send = Envoyer
letter-back = Retrouver mon compte
letter-summary = Votre message n’est pas encore parti
letter-no-name = Écrivez votre nom.
letter-no-reach = Écrivez un numéro de téléphone ou une adresse e-mail.
letter-no-what = Écrivez ce qui se passe, en quelques mots.
letter-too-long = C’est trop long. Gardez { $n } caractères au plus.
letter-paused = Trop de messages sont partis d’ici. Réessayez après { $moment }, ou téléphonez.
letter-not-sent = Votre message n’a pas pu partir. Réessayez dans quelques minutes, ou téléphonez.
letter-sent-title = Votre message est en route
letter-sent-what = Le secrétariat le lira et vous répondra.
letter-sent-beware-title = Restez prudent
letter-sent-beware = Le secrétariat ne vous demandera jamais un mot de passe ou un code.

## Ce n’était pas moi

not-me-title = Ce n’était pas vous ?
not-me-what = Quelqu’un a essayé de retrouver votre compte. Si ce n’était pas vous, dites-le-nous.
not-me-what-reset = Le mot de passe de votre compte a changé le { $moment }. Si ce n’était pas vous, dites-le-nous.
not-me-effect-title = Si vous le dites
not-me-effect = Le secrétariat est prévenu tout de suite. Personne ne peut plus changer le mot de passe ici pendant un moment.
not-me-send = Ce n’était pas moi
not-me-it-was-me = C’était moi
not-me-done-title = Merci, le secrétariat est prévenu
not-me-done =
    { $n ->
        [one] Personne ne peut retrouver ce compte ici pendant une heure.
       *[other] Personne ne peut retrouver ce compte ici pendant { $n } heures.
    }
not-me-done-now = Téléphonez au secrétariat dès que possible. Vérifiez aussi que personne d’autre ne lit vos e-mails.
not-me-unknown-title = Ce lien n’est plus valable
not-me-unknown = Il est trop ancien, ou il a déjà servi. Quelque chose vous inquiète ? Contactez le secrétariat.

## Changer de mot de passe

change-title = Changer de mot de passe
change-title-must = Choisissez d’abord un nouveau mot de passe
change-lead-must = Votre mot de passe actuel ne sert qu’une fois. Choisissez le vôtre pour continuer.
change-summary = Votre mot de passe n’a pas encore changé
change-current = Mot de passe actuel
change-show-current = Afficher le mot de passe actuel
change-finish = Changer
change-forgot = Mot de passe actuel oublié ?
change-wrong-current = Ce n’est pas votre mot de passe actuel.
change-unclear = Le service des comptes n’a pas répondu. Peut-être que le mot de passe est changé, peut-être pas. Déconnectez-vous et essayez le nouveau.
change-not-allowed = Ce compte ne peut pas changer de mot de passe ici. Contactez le secrétariat.

## Erreurs

error-not-found-title = Cette page n’existe pas
error-not-found-what = L’adresse est peut-être mal écrite, ou le lien trop ancien. Rien n’a changé.
error-not-understood-title = Nous n’avons pas compris
error-not-understood-what = Votre navigateur a envoyé quelque chose d’inattendu. Rien n’a changé. Revenez au début et essayez encore.
error-too-many-title = Trop de demandes à la fois
error-too-many-what = Beaucoup de demandes viennent de votre réseau. Attendez une minute, puis essayez encore.
error-broken-title = Il y a un problème chez nous
error-broken-what = Ce n’est pas votre faute. Essayez encore une fois dans quelques minutes.
error-busy-title = Pas disponible pour le moment
error-busy-what = Le service est occupé ou en entretien. Essayez encore dans quelques minutes.
error-recover = Retrouver mon compte

## La démonstration

messages-title = Les messages arrivés
messages-lead = Dans la démonstration, les e-mails, les SMS et les appels arrivent ici. Rien ne part vraiment.
messages-refresh = Actualiser
messages-recover = Retrouver un compte
messages-mailbox = Les e-mails
messages-phone = Le téléphone
messages-from = De
messages-to = À
messages-call = Appel au
messages-sms = SMS au
messages-as-text = Voir le texte seul
messages-no-mail = Aucun e-mail pour le moment.
messages-no-phone = Aucun SMS ni appel pour le moment.

## Vos données

privacy-title = Vos données
privacy-lead = Ces pages vous aident à retrouver votre compte. Pour cela, elles utilisent quelques informations sur vous. Vous lisez ici lesquelles, pourquoi et pendant combien de temps.
privacy-who-title = Qui décide de vos données ?
privacy-who = { $controller }. Plus bas, vous trouvez à qui poser vos questions.
privacy-what-title = Qu’utilisons-nous, et pourquoi ?
privacy-what-name = Votre nom d’utilisateur, pour trouver votre compte.
privacy-what-contacts = Vos adresses e-mail et vos numéros de téléphone, pour vous envoyer un code et vous prévenir quand il se passe quelque chose avec votre compte.
privacy-what-code = Les codes que nous envoyons, pour vérifier que c’est bien vous. Personne ne peut lire ce que nous en gardons.
privacy-what-network = L’adresse de votre réseau, pour arrêter ceux qui devinent des codes ou essaient beaucoup de comptes.
privacy-what-device = Le type de votre appareil, par exemple un iPhone. Nos messages le disent, pour que vous voyiez si c’était vous.
privacy-what-password = Votre nouveau mot de passe. Nous le transmettons à votre compte, et personne ici ne peut le lire.
privacy-why-title = Pourquoi en avons-nous le droit ?
privacy-why-public-task = Votre compte fait partie de notre mission publique, par exemple enseigner (RGPD, article 6, 1, e).
privacy-why-contract = Votre compte fait partie d’un contrat avec nous, et vous devez pouvoir y entrer (RGPD, article 6, 1, b).
privacy-why-legitimate-interest = Vous voulez retrouver votre compte, et personne d’autre ne doit y entrer. C’est important pour vous et pour nous (RGPD, article 6, 1, f).
privacy-long-title = Combien de temps gardons-nous cela ?
privacy-long-walk = Ce que vous faites sur ces pages : jusqu’à un jour après la fin.
privacy-long-code = Un code : jusqu’à son envoi, quelques minutes au plus.
privacy-long-notice =
    { $n ->
        [one] Les autres messages : jusqu’à leur envoi, trois jours au plus. Le fait qu’un message est parti : { $n } jour de plus.
       *[other] Les autres messages : jusqu’à leur envoi, trois jours au plus. Le fait qu’un message est parti : { $n } jours de plus.
    }
privacy-long-network =
    { $n ->
        [one] L’adresse de votre réseau : { $n } jour.
       *[other] L’adresse de votre réseau : { $n } jours.
    }
privacy-long-audit =
    { $n ->
        [one] Ce qui s’est passé ici avec votre compte, pour que les tricheries se voient : { $n } jour.
       *[other] Ce qui s’est passé ici avec votre compte, pour que les tricheries se voient : { $n } jours.
    }
privacy-long-tries = Le nombre d’essais : un mois au plus.
privacy-long-contacts = Les contacts que l’école ou l’entreprise nous a donnés pour vous : tant que vous avez votre compte. Un contact retiré : trois jours de plus, pour vous prévenir du changement.
privacy-cookies-title = Quels cookies y a-t-il ?
privacy-cookies = Seulement ceux dont ces pages ont besoin. Aucun ne vous suit.
privacy-cookie-recovery = Un cookie sait où vous en êtes. Il disparaît quand vous fermez le navigateur.
privacy-cookie-browser = Un cookie reconnaît un navigateur avec lequel vous êtes déjà entré, pour que des inconnus ne puissent pas vous bloquer. Il reste 180 jours.
privacy-cookie-forms = Un cookie empêche d’autres sites de remplir des formulaires à votre place. Il disparaît quand vous fermez le navigateur.
privacy-cookie-session = Un cookie garde votre connexion, pendant 30 minutes.
privacy-cookie-language = Un cookie retient votre langue, pendant un an.
privacy-cookie-note = Un cookie porte un petit message à la page suivante, pendant une minute.
privacy-others-title = Qui d’autre les voit ?
privacy-others = Le secrétariat et les personnes qui s’occupent des ordinateurs, quand il le faut pour vous aider. Nous ne vendons rien, et il n’y a pas de publicité.
privacy-others-mail = Les e-mails passent par un service de courrier, comme tout e-mail.
privacy-others-sms = Les SMS passent par un opérateur téléphonique. Il voit votre numéro et le texte.
privacy-others-call = Les appels passent par un opérateur téléphonique. Il voit votre numéro et ce qui est dit.
privacy-rights-title = Que pouvez-vous demander ?
privacy-rights = Vous pouvez voir ce que nous gardons sur vous. Vous pouvez le faire corriger ou effacer, et vous pouvez dire non à ce que nous en faisons. C’est gratuit, et nous répondons dans le mois.
privacy-rights-write = Écrivez à { $contact }.
privacy-rights-helpdesk = Demandez au secrétariat.
privacy-rights-complain = La réponse ne vous convient pas ? Vous pouvez vous plaindre auprès de { $authority }.
privacy-rights-complain-anywhere = La réponse ne vous convient pas ? Vous pouvez vous plaindre auprès de l’autorité de protection des données de votre pays.
