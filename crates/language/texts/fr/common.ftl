language-name = Français
language-direction = ltr

# Le temps. $minutes a toujours deux chiffres.
clock =
    { $minute ->
        [0] { $hour } h
       *[other] { $hour } h { $minutes }
    }
day =
    { $weekday ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[7] dimanche
    } { $date ->
        [1] 1er
       *[other] { $date }
    } { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }
day-and-clock = { $day } à { $clock }
