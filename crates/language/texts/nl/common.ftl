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
