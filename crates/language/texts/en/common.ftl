language-name = English
language-direction = ltr

# Times. $minutes always has two digits.
clock = { $hour }:{ $minutes }
day =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    } { $date } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
day-and-clock = { $day } at { $clock }

# Where somebody asked from. Stands in a sentence: “asked for from an iPhone”.
device-from =
    { $system ->
        [iphone] from an iPhone
        [ipad] from an iPad
        [android-phone] from an Android phone
        [android-tablet] from an Android tablet
        [windows] from a Windows computer
        [mac] from a Mac
        [mac-or-ipad] from a Mac or an iPad
        [linux] from a Linux computer
        [chromebook] from a Chromebook
       *[unknown] from an unknown device
    }
