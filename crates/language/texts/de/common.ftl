language-name = Deutsch
language-direction = ltr

# Die Zeit. $minutes hat immer zwei Ziffern.
clock =
    { $minute ->
        [0] { $hour } Uhr
       *[other] { $hour }.{ $minutes } Uhr
    }
day =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }, { $date }. { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    }
day-and-clock = { $day }, um { $clock }
