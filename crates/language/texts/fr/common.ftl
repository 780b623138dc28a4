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

# D’où quelqu’un a fait la demande. Se lit dans une phrase : « demandé depuis un iPhone ».
device-from =
    { $system ->
        [iphone] depuis un iPhone
        [ipad] depuis un iPad
        [android-phone] depuis un téléphone Android
        [android-tablet] depuis une tablette Android
        [windows] depuis un ordinateur avec Windows
        [mac] depuis un Mac
        [mac-or-ipad] depuis un Mac ou un iPad
        [linux] depuis un ordinateur avec Linux
        [chromebook] depuis un Chromebook
       *[unknown] depuis un appareil inconnu
    }
