### Ce que Regain envoie : e-mails, SMS, appels.
### Un enfant de dix ans doit tout comprendre. On dit « vous ». Espace insécable devant ? ! : ; et dans « ».
### $when est un jour et une heure : « lundi 23 novembre à 8 h 21 ». $until est une heure.
### $contact est un numéro ou une adresse : il vient après deux-points.

message-mail-office = { $name } : { $way }

## Le code

message-code-subject = Votre code pour retrouver votre compte
message-code-preview = Tapez ce code sur la page où vous l’avez demandé. Il est valable jusqu’à { $until }.
message-code-heading = Voici votre code
message-code-use =
    Tapez-le sur la page où vous l’avez demandé.
    Il est valable jusqu’à { $until } et ne sert qu’une fois.
message-code-secret = Ne le donnez à personne.
message-code-secret-more = Le secrétariat ne vous le demandera jamais.
message-code-not-you = Vous n’avez rien demandé ?
message-code-not-you-more =
    N’utilisez pas ce code : votre mot de passe ne change pas.
    Si cela se répète, prévenez le secrétariat : { $contact }.
message-code-asked = Code demandé le { $when } pour le compte { $user }, { $device }.
message-code-no-link = Ce message ne contient aucun lien à suivre.
message-code-sms = { $organisation } : { $code } est votre code pour retrouver votre compte, valable jusqu’à { $until }. Ne le donnez à personne.
message-code-call =
    Bonjour. { $organisation } vous appelle.
    Vous avez demandé un code pour retrouver votre compte.
    Si ce n’est pas vous, raccrochez.
    Voici votre code : { $digits }.
    Je répète : { $digits }.
    Ne donnez ce code à personne. Au revoir.

## Dans plusieurs avis

message-notice-you = C’était vous ?
message-notice-not-you = Ce n’était pas vous ?
message-notice-not-you-more =
    Dites-le tout de suite avec le lien ci-dessous : le secrétariat reçoit une alerte.
    Contactez-le aussi vous-même : { $contact }.
message-notice-not-me = Ce n’était pas moi
message-notice-safe = La page qui s’ouvre ne vous demandera jamais votre mot de passe.
message-notice-privacy = Vos données : { $url }

## Le mot de passe a été changé

message-reset-subject = Votre mot de passe a été changé
message-reset-preview = C’était vous ? Tout va bien. Ce n’était pas vous ? Ce message dit quoi faire.
message-reset-heading = Votre mot de passe a été changé
message-reset-what = Le mot de passe du compte { $user } a été changé le { $when }, { $device }.
message-reset-you-more =
    Vous n’avez rien à faire.
    Connectez-vous avec votre nouveau mot de passe.
message-reset-sms = { $organisation } : le mot de passe du compte { $user } a été changé le { $when }. Ce n’était pas vous ? Prévenez le secrétariat ({ $contact }) et ouvrez ce lien :
message-reset-call =
    Bonjour. { $organisation } vous appelle.
    Le mot de passe du compte { $user } a été changé le { $when }.
    Si c’était vous, vous n’avez rien à faire.
    Si ce n’était pas vous, prévenez tout de suite le secrétariat : { $contact }.
    Je répète : { $contact }.
    Au revoir.

## Personne ne sait si le mot de passe a été changé

message-unclear-subject = Votre mot de passe a peut-être changé
message-unclear-preview = Essayez de vous connecter avec le nouveau mot de passe.
message-unclear-heading = Votre mot de passe a peut-être changé
message-unclear-what =
    Quelqu’un a choisi un nouveau mot de passe pour le compte { $user } le { $when }, { $device }.
    À cause d’une panne, nous ne savons pas s’il est enregistré.
message-unclear-you-more =
    Essayez le nouveau mot de passe.
    S’il ne marche pas, essayez l’ancien.
    Rien ne marche ? Recommencez, ou contactez le secrétariat : { $contact }.
message-unclear-not-you-more = Prévenez tout de suite le secrétariat : { $contact }.
message-unclear-sms = { $organisation } : un nouveau mot de passe a été choisi pour le compte { $user }. À cause d’une panne, nous ne savons pas s’il est enregistré. Essayez-le. S’il ne marche pas, ou si ce n’était pas vous, contactez le secrétariat : { $contact }
message-unclear-call =
    Bonjour. { $organisation } vous appelle.
    Quelqu’un a choisi un nouveau mot de passe pour le compte { $user } le { $when }.
    À cause d’une panne, nous ne savons pas s’il est enregistré.
    Si c’était vous, essayez de vous connecter.
    Si cela ne marche pas, ou si ce n’était pas vous, contactez le secrétariat : { $contact }.
    Je répète : { $contact }.
    Au revoir.

## Le compte existe, mais on ne peut pas le retrouver en ligne

message-obstacle-subject = Quelqu’un a essayé de retrouver votre compte
message-obstacle-preview = C’était vous ? Le secrétariat peut vous aider. Le mot de passe n’a pas changé.
message-obstacle-heading = Quelqu’un a essayé de retrouver votre compte
message-obstacle-what =
    Quelqu’un, peut-être vous, a essayé de retrouver le compte { $user } le { $when }, { $device }.
    Le mot de passe n’a pas changé.
message-obstacle-why =
    { $reason ->
        [too_few_methods] Ce compte ne peut pas être retrouvé en ligne : nous connaissons trop peu d’adresses e-mail et de numéros de téléphone pour être sûrs que c’est vous.
        [fresh_contacts] Ce compte ne peut pas encore être retrouvé en ligne : une de vos adresses e-mail ou un de vos numéros de téléphone est nouveau. Pour vous protéger, il ne compte qu’à partir du { $until }.
        [disabled] Ce compte ne peut pas être retrouvé en ligne : il est désactivé.
       *[paused] Ce compte ne peut pas être retrouvé en ligne pour le moment : quelqu’un a signalé « Ce n’était pas moi ». Nous faisons une pause pour le protéger.
    }
message-obstacle-you-more = Le secrétariat peut vous aider. Contactez-le : { $contact }.
message-obstacle-not-you-more =
    { $reason ->
        [fresh_contacts] Vous ne l’avez pas changé, ni fait changer ? Alors c’est quelqu’un d’autre. Prévenez le secrétariat maintenant.
       *[other]
            Vous n’avez rien à faire. Quelqu’un a peut-être mal écrit son nom.
            Si cela se répète, prévenez le secrétariat.
    }
message-obstacle-sms =
    { $reason ->
        [too_few_methods] { $organisation } : on ne peut pas retrouver le compte { $user } en ligne, car nous connaissons trop peu de moyens de vous joindre. C’était vous ? Contactez le secrétariat : { $contact }
        [fresh_contacts] { $organisation } : on ne peut pas encore retrouver le compte { $user } en ligne, car une adresse ou un numéro est nouveau et ne compte pas encore. Si vous ne l’avez pas changé, ou si c’est urgent, contactez le secrétariat : { $contact }
        [disabled] { $organisation } : on ne peut pas retrouver le compte { $user } en ligne, car il est désactivé. C’était vous ? Contactez le secrétariat : { $contact }
       *[paused] { $organisation } : on ne peut pas retrouver le compte { $user } en ligne pour le moment, car quelqu’un a signalé « Ce n’était pas moi ». C’était vous ? Contactez le secrétariat : { $contact }
    }
message-obstacle-call =
    Bonjour. { $organisation } vous appelle.
    Quelqu’un, peut-être vous, a essayé de retrouver le compte { $user }.
    { $reason ->
        [too_few_methods] Ce n’est pas possible en ligne : nous connaissons trop peu de moyens de vous joindre.
        [fresh_contacts] Ce n’est pas encore possible en ligne : une adresse ou un numéro est nouveau et ne compte pas encore.
        [disabled] Ce n’est pas possible en ligne : ce compte est désactivé.
       *[paused] Ce n’est pas possible en ligne pour le moment : quelqu’un a signalé un changement de mot de passe qui ne venait pas de lui.
    }
    Le mot de passe n’a pas changé.
    Si c’était vous, contactez le secrétariat : { $contact }.
    Je répète : { $contact }.
    Au revoir.

## Les contacts du compte ont changé

message-contacts-subject = Les contacts de votre compte ont changé
message-contacts-preview = Si ce n’était pas vous, prévenez le secrétariat maintenant.
message-contacts-heading = Les contacts de votre compte ont changé
message-contacts-what = Une adresse e-mail ou un numéro de téléphone du compte { $user } a changé. Nous l’avons vu le { $when }.
message-contacts-wait = Pour vous protéger, un nouveau contact ne sert à retrouver le compte qu’à partir du { $until }.
message-contacts-you-more = Alors vous n’avez rien à faire. Si votre école ou votre entreprise l’a changé pour vous, non plus.
message-contacts-not-you-more = Prévenez le secrétariat maintenant, avant ce moment : { $contact }.
message-contacts-sms = { $organisation } : une adresse e-mail ou un numéro de téléphone du compte { $user } a changé. Si vous êtes au courant, vous n’avez rien à faire. Sinon, contactez le secrétariat maintenant : { $contact }
message-contacts-call =
    Bonjour. { $organisation } vous appelle.
    Une adresse e-mail ou un numéro de téléphone du compte { $user } a changé.
    Si vous êtes au courant, vous n’avez rien à faire.
    Sinon, contactez le secrétariat maintenant : { $contact }.
    Je répète : { $contact }.
    Au revoir.

## Lettre au secrétariat

message-letter-subject = Demande d’aide pour retrouver un compte
message-letter-preview = Quelqu’un a rempli le formulaire de contact.
message-letter-heading = Quelqu’un demande de l’aide
message-letter-what =
    Une personne a rempli le formulaire de contact le { $when }.
    Nous n’avons pas vérifié qui elle est. Voici ce qu’elle a écrit.
message-letter-who = Son nom
message-letter-reach = Comment la joindre
message-letter-text = Ce qui s’est passé
message-letter-careful = Vérifiez d’abord qui vous parle
message-letter-careful-more =
    N’importe qui peut remplir ce formulaire.
    Appelez la personne à un numéro que vous connaissez déjà, pas à celui donné ici.
    Ne donnez jamais de mot de passe par e-mail et ne suivez aucun lien de ce message.
message-letter-reference = Référence : { $reference }

## Alerte au secrétariat

message-alert-subject = Alerte : « Ce n’était pas moi »
message-alert-preview = Quelqu’un signale un changement de mot de passe. Voici ce qu’il faut faire.
message-alert-heading = Quelqu’un signale : « Ce n’était pas moi »
message-alert-what =
    Quelqu’un a choisi un nouveau mot de passe pour le compte { $user }.
    Le { $when }, quelqu’un qui reçoit les messages de ce compte a signalé : « Ce n’était pas moi. »
message-alert-paused = Jusqu’au { $until }, personne ne peut retrouver ce compte en ligne.
message-alert-do = À faire tout de suite
message-alert-do-more =
    Appelez la personne à un numéro que vous connaissez.
    Si c’était vraiment quelqu’un d’autre, demandez à l’équipe informatique de changer le mot de passe du compte.
message-alert-explain = Pour l’équipe informatique : cette commande montre ce qui s’est passé.
message-alert-resume = Quand tout est en ordre, celle-ci met fin à la pause.

## Avertissement à l’exploitant : la facture

message-budget-subject = Attention : beaucoup de SMS et d’appels
message-budget-preview = Quelqu’un fait peut-être grimper votre facture de téléphone.
message-budget-heading = Beaucoup de SMS et d’appels
message-budget-what = Le { $when }, { $counted } des { $max } messages que vos réglages permettent étaient partis par SMS ou par appel.
message-budget-what-block = Le { $when }, { $counted } des { $max } messages que vos réglages permettent pour les numéros qui commencent par { $block } étaient partis par SMS ou par appel.
message-budget-stop = Quand tout est utilisé, plus rien ne part jusqu’au { $until }. Les e-mails partent encore.
message-budget-unused = Le { $when }, { $sent } codes étaient partis dans la journée vers des numéros qui commencent par { $block }. Seuls { $used } ont servi. Quelqu’un gagne peut-être de l’argent avec ces messages.
message-budget-do = Que faire maintenant
message-budget-do-more =
    C’est la rentrée ? Alors tout va peut-être bien : augmentez les limites sous [budget].
    Sinon, lisez la page « Under attack » de la documentation.
    Enlevez sous [numbers] les pays dont vous n’avez pas besoin, et prévenez votre fournisseur de SMS.
