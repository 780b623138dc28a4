language-name = Nederlands
language-direction = ltr

# De tijd. $minutes heeft altijd twee cijfers.
clock =
    { $minute ->
        [0] { $hour } uur
       *[other] { $hour }.{ $minutes } uur
    }
day =
    { $weekday ->
        [1] maandag
        [2] dinsdag
        [3] woensdag
        [4] donderdag
        [5] vrijdag
        [6] zaterdag
       *[7] zondag
    } { $date } { $month ->
        [1] januari
        [2] februari
        [3] maart
        [4] april
        [5] mei
        [6] juni
        [7] juli
        [8] augustus
        [9] september
        [10] oktober
        [11] november
       *[12] december
    }
day-and-clock = { $day } om { $clock }

# Vanwaar iemand de vraag stelde. Staat in een zin: ‘gevraagd vanaf een iPhone’.
device-from =
    { $system ->
        [iphone] vanaf een iPhone
        [ipad] vanaf een iPad
        [android-phone] vanaf een Android-telefoon
        [android-tablet] vanaf een Android-tablet
        [windows] vanaf een computer met Windows
        [mac] vanaf een Mac
        [mac-or-ipad] vanaf een Mac of een iPad
        [linux] vanaf een computer met Linux
        [chromebook] vanaf een Chromebook
       *[unknown] vanaf een onbekend toestel
    }
