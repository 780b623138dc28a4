### Ce que Regain envoie : e-mails, SMS, appels.
### Un enfant de dix ans doit tout comprendre. On dit « vous ». Espace insécable devant ? ! : ; et dans « ».
### $when est un jour et une heure : « lundi 23 novembre à 8 h 21 ». $until est une heure.
### $contact est un numéro ou une adresse : il vient après deux-points.

mail-office = { $name } : { $ways }

## Le code

code-subject = Votre code pour retrouver votre compte
code-preview = Tapez ce code sur la page où vous l’avez demandé. Il est valable jusqu’à { $until }.
code-heading = Voici votre code
code-use =
    Tapez-le sur la page où vous l’avez demandé.
    Il est valable jusqu’à { $until } et ne sert qu’une fois.
code-secret = Ne le donnez à personne.
code-secret-more = Le secrétariat ne vous le demandera jamais.
code-not-you = Vous n’avez rien demandé ?
code-not-you-more =
    N’utilisez pas ce code : votre mot de passe ne change pas.
    Si cela se répète, prévenez le secrétariat : { $contact }.
code-asked = Code demandé le { $when } pour le compte { $user }, { $device }.
code-no-link = Ce message ne contient aucun lien à suivre.
code-sms = { $organisation } : { $code } est votre code pour retrouver votre compte, valable jusqu’à { $until }. Ne le donnez à personne.
code-call =
    Bonjour. { $organisation } vous appelle.
    Vous avez demandé un code pour retrouver votre compte.
    Si ce n’est pas vous, raccrochez.
    Voici votre code : { $digits }.
    Je répète : { $digits }.
    Ne donnez ce code à personne. Au revoir.

## Dans plusieurs avis

notice-you = C’était vous ?
notice-not-you = Ce n’était pas vous ?
notice-not-you-more =
    Dites-le tout de suite avec ce bouton : le secrétariat reçoit une alerte.
    Contactez-le aussi vous-même : { $contact }.
notice-not-me = Ce n’était pas moi
notice-safe = La page qui s’ouvre ne vous demandera jamais votre mot de passe.

## Le mot de passe a été changé

reset-subject = Votre mot de passe a été changé
reset-preview = C’était vous ? Tout va bien. Ce n’était pas vous ? Ce message dit quoi faire.
reset-heading = Votre mot de passe a été changé
reset-what = Le mot de passe du compte { $user } a été changé le { $when }, { $device }.
reset-you-more =
    Vous n’avez rien à faire.
    Connectez-vous avec votre nouveau mot de passe.
reset-sms = { $organisation } : le mot de passe du compte { $user } a été changé le { $when }. Ce n’était pas vous ? Prévenez le secrétariat ({ $contact }) et ouvrez ce lien :
reset-call =
    Bonjour. { $organisation } vous appelle.
    Le mot de passe du compte { $user } a été changé le { $when }.
    Si c’était vous, vous n’avez rien à faire.
    Si ce n’était pas vous, prévenez tout de suite le secrétariat : { $contact }.
    Je répète : { $contact }.
    Au revoir.

## Personne ne sait si le mot de passe a été changé

unclear-subject = Votre mot de passe a peut-être changé
unclear-preview = Essayez de vous connecter avec le nouveau mot de passe.
unclear-heading = Votre mot de passe a peut-être changé
unclear-what =
    Quelqu’un a choisi un nouveau mot de passe pour le compte { $user } le { $when }, { $device }.
    À cause d’une panne, nous ne savons pas s’il est enregistré.
unclear-you-more =
    Essayez le nouveau mot de passe.
    S’il ne marche pas, essayez l’ancien.
    Rien ne marche ? Recommencez, ou contactez le secrétariat : { $contact }.
unclear-not-you-more = Prévenez tout de suite le secrétariat : { $contact }.
unclear-sms = { $organisation } : nouveau mot de passe choisi pour le compte { $user }, mais une panne nous empêche de savoir s’il est enregistré. Essayez-le. S’il ne marche pas, ou si ce n’était pas vous, contactez le secrétariat : { $contact }
unclear-call =
    Bonjour. { $organisation } vous appelle.
    Quelqu’un a choisi un nouveau mot de passe pour le compte { $user } le { $when }.
    À cause d’une panne, nous ne savons pas s’il est enregistré.
    Si c’était vous, essayez de vous connecter.
    Si cela ne marche pas, ou si ce n’était pas vous, contactez le secrétariat : { $contact }.
    Je répète : { $contact }.
    Au revoir.

## Le compte existe, mais on ne peut pas le retrouver en ligne

obstacle-subject = Quelqu’un a essayé de retrouver votre compte
obstacle-preview = C’était vous ? Le secrétariat peut vous aider. Le mot de passe n’a pas changé.
obstacle-heading = Quelqu’un a essayé de retrouver votre compte
obstacle-what =
    Quelqu’un, peut-être vous, a essayé de retrouver le compte { $user } le { $when }, { $device }.
    Le mot de passe n’a pas changé.
obstacle-why =
    { $reason ->
        [too_few_methods] Ce compte ne peut pas être retrouvé en ligne : nous connaissons trop peu d’adresses e-mail et de numéros de téléphone pour être sûrs que c’est vous.
        [disabled] Ce compte ne peut pas être retrouvé en ligne : il est désactivé.
       *[paused] Ce compte ne peut pas être retrouvé en ligne pour le moment : quelqu’un a signalé « Ce n’était pas moi ». Nous faisons une pause pour le protéger.
    }
obstacle-you-more = Le secrétariat peut vous aider. Contactez-le : { $contact }.
obstacle-not-you-more =
    Vous n’avez rien à faire. Quelqu’un a peut-être mal écrit son nom.
    Si cela se répète, prévenez le secrétariat.
obstacle-sms =
    { $reason ->
        [too_few_methods] { $organisation } : le compte { $user } ne peut pas être retrouvé en ligne, car nous connaissons trop peu de moyens de vous joindre. C’était vous ? Contactez le secrétariat : { $contact }
        [disabled] { $organisation } : le compte { $user } ne peut pas être retrouvé en ligne, car il est désactivé. C’était vous ? Contactez le secrétariat : { $contact }
       *[paused] { $organisation } : le compte { $user } ne peut pas être retrouvé en ligne pour le moment, car quelqu’un a signalé « Ce n’était pas moi ». C’était vous ? Contactez le secrétariat : { $contact }
    }
obstacle-call =
    Bonjour. { $organisation } vous appelle.
    Quelqu’un, peut-être vous, a essayé de retrouver le compte { $user }.
    { $reason ->
        [too_few_methods] Ce n’est pas possible en ligne : nous connaissons trop peu de moyens de vous joindre.
        [disabled] Ce n’est pas possible en ligne : ce compte est désactivé.
       *[paused] Ce n’est pas possible en ligne pour le moment : quelqu’un a signalé que ce n’était pas lui.
    }
    Le mot de passe n’a pas changé.
    Si c’était vous, contactez le secrétariat : { $contact }.
    Je répète : { $contact }.
    Au revoir.

## Lettre au secrétariat

letter-subject = Demande d’aide pour retrouver un compte
letter-preview = Quelqu’un a rempli le formulaire de contact.
letter-heading = Quelqu’un demande de l’aide
letter-what =
    Une personne a rempli le formulaire de contact le { $when }.
    Nous n’avons pas vérifié qui elle est. Voici ce qu’elle a écrit.
letter-who = Son nom
letter-reach = Comment la joindre
letter-text = Ce qui s’est passé
letter-careful = Vérifiez d’abord qui vous parle
letter-careful-more =
    N’importe qui peut remplir ce formulaire.
    Appelez la personne à un numéro que vous connaissez déjà, pas à celui donné ici.
    Ne donnez jamais de mot de passe par e-mail et ne suivez aucun lien de ce message.
letter-reference = Référence : { $reference }

## Alerte au secrétariat

alert-subject = Alerte : « Ce n’était pas moi »
alert-preview = Quelqu’un signale un changement de mot de passe. Voici ce qu’il faut faire.
alert-heading = Quelqu’un signale : « Ce n’était pas moi »
alert-what =
    Le mot de passe du compte { $user } a été changé.
    Le { $when }, quelqu’un qui reçoit les messages de ce compte a signalé : « Ce n’était pas moi. »
alert-paused = Jusqu’au { $until }, personne ne peut retrouver ce compte en ligne.
alert-do = À faire tout de suite
alert-do-more =
    Appelez la personne à un numéro que vous connaissez.
    Si ce n’était vraiment pas elle, faites changer le mot de passe du compte par l’équipe informatique.
alert-explain = Pour l’équipe informatique : cette commande montre ce qui s’est passé.
alert-resume = Quand tout est en ordre, celle-ci met fin à la pause.
