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

# Von wo aus jemand gefragt hat. Steht in einem Satz: „angefordert von einem iPhone aus“.
device-from =
    { $system ->
        [iphone] von einem iPhone aus
        [ipad] von einem iPad aus
        [android-phone] von einem Android-Handy aus
        [android-tablet] von einem Android-Tablet aus
        [windows] von einem Computer mit Windows aus
        [mac] von einem Mac aus
        [mac-or-ipad] von einem Mac oder iPad aus
        [linux] von einem Computer mit Linux aus
        [chromebook] von einem Chromebook aus
       *[unknown] von einem unbekannten Gerät aus
    }
