### What Regain sends: mails, SMS, calls.
### A child of ten must understand all of it.
### $when is a day and a time: “Monday 23 November at 8:21”. $until is a time of day.
### $contact is a number or an address: it comes after a colon.

mail-office = { $name }: { $ways }

## The code

code-subject = Your code to get back into your account
code-preview = Type this code on the page where you asked for it. It is valid until { $until }.
code-heading = Here is your code
code-use =
    Type it on the page where you asked for it.
    It is valid until { $until } and works only once.
code-secret = Do not give it to anyone.
code-secret-more = The secretariat will never ask you for it.
code-not-you = You did not ask for a code?
code-not-you-more =
    Do not use this code: your password stays the same.
    If this happens again, tell the secretariat: { $contact }.
code-asked = This code was asked for on { $when } for the account { $user }, { $device }.
code-no-link = There is no link to follow in this message.
code-sms = { $organisation }: { $code } is your code to get back into your account, valid until { $until }. Do not give it to anyone.
code-call =
    Hello. This is a call from { $organisation }.
    You asked for a code to get back into your account.
    If that was not you, please hang up.
    Your code is: { $digits }.
    Once more: { $digits }.
    Do not give this code to anyone. Goodbye.

## In several notices

notice-you = Was it you?
notice-not-you = Was it not you?
notice-not-you-more =
    Tell us at once with this button: the secretariat gets an alert.
    Contact the secretariat yourself as well: { $contact }.
notice-not-me = That was not me
notice-safe = The page that opens will never ask for your password.

## The password was reset

reset-subject = Your password has been reset
reset-preview = Was it you? Then all is well. If not, this message says what to do.
reset-heading = Your password has been reset
reset-what = The password of the account { $user } was reset on { $when }, { $device }.
reset-you-more =
    Then there is nothing to do.
    Sign in with your new password.
reset-sms = { $organisation }: the password of the account { $user } was reset on { $when }. Not you? Tell the secretariat ({ $contact }) and open this link:
reset-call =
    Hello. This is a call from { $organisation }.
    The password of the account { $user } was reset on { $when }.
    If it was you, there is nothing to do.
    If it was not you, tell the secretariat at once: { $contact }.
    Once more: { $contact }.
    Goodbye.

## Nobody knows whether the password was reset

unclear-subject = Your password may have changed
unclear-preview = Try to sign in with the new password.
unclear-heading = Your password may have changed
unclear-what =
    Someone chose a new password for the account { $user } on { $when }, { $device }.
    Because of a fault, we do not know whether it was saved.
unclear-you-more =
    Try the new password.
    If it does not work, try the old one.
    Neither works? Start again, or contact the secretariat: { $contact }.
unclear-not-you-more = Tell the secretariat at once: { $contact }.
unclear-sms = { $organisation }: a new password was chosen for the account { $user }, but because of a fault we do not know whether it was saved. Try it. If it does not work, or if it was not you, contact the secretariat: { $contact }
unclear-call =
    Hello. This is a call from { $organisation }.
    Someone chose a new password for the account { $user } on { $when }.
    Because of a fault, we do not know whether it was saved.
    If it was you, try to sign in.
    If that does not work, or if it was not you, contact the secretariat: { $contact }.
    Once more: { $contact }.
    Goodbye.

## The account exists, but can't be recovered online

obstacle-subject = Someone tried to get into your account
obstacle-preview = Was it you? The secretariat can help. Your password has not changed.
obstacle-heading = Someone tried to get back into your account
obstacle-what =
    Someone, perhaps you, tried to get back into the account { $user } on { $when }, { $device }.
    The password has not changed.
obstacle-why =
    { $reason ->
        [too_few_methods] You cannot get back into this account online: we know too few e-mail addresses and telephone numbers to be sure that it is you.
        [disabled] You cannot get back into this account online: it is switched off.
       *[paused] You cannot get back into this account online for the moment: someone reported “That was not me”. We have paused it to protect it.
    }
obstacle-you-more = The secretariat can help you. Contact it: { $contact }.
obstacle-not-you-more =
    Then there is nothing to do. Perhaps someone misspelt their own name.
    If this happens again, tell the secretariat.
obstacle-sms =
    { $reason ->
        [too_few_methods] { $organisation }: you cannot get back into the account { $user } online, because we know too few ways to reach you. Was it you? Contact the secretariat: { $contact }
        [disabled] { $organisation }: you cannot get back into the account { $user } online, because it is switched off. Was it you? Contact the secretariat: { $contact }
       *[paused] { $organisation }: you cannot get back into the account { $user } online for the moment, because someone reported “That was not me”. Was it you? Contact the secretariat: { $contact }
    }
obstacle-call =
    Hello. This is a call from { $organisation }.
    Someone, perhaps you, tried to get back into the account { $user }.
    { $reason ->
        [too_few_methods] That is not possible online: we know too few ways to reach you.
        [disabled] That is not possible online: this account is switched off.
       *[paused] That is not possible online for the moment: someone reported that it was not them.
    }
    The password has not changed.
    If it was you, contact the secretariat: { $contact }.
    Once more: { $contact }.
    Goodbye.

## Letter to the secretariat

letter-subject = Someone asks for help to get back into an account
letter-preview = Someone filled in the contact form.
letter-heading = Someone asks for help
letter-what =
    Someone filled in the contact form on { $when }.
    We have not checked who it is. This is what they wrote.
letter-who = Their name
letter-reach = How to reach them
letter-text = What happened
letter-careful = First check who you are talking to
letter-careful-more =
    Anyone can fill in this form.
    Call the person on a number that you already know, not on the one given here.
    Never give a password by e-mail, and follow no link in this message.
letter-reference = Reference: { $reference }

## Alert to the secretariat

alert-subject = Alert: “That was not me”
alert-preview = Someone reports a password reset. This is what to do.
alert-heading = Someone reports: “That was not me”
alert-what =
    The password of the account { $user } was reset.
    On { $when }, someone who gets the messages of this account reported: “That was not me.”
alert-paused = Until { $until }, nobody can get back into this account online.
alert-do = What to do now
alert-do-more =
    Call the person on a number that you know.
    If it really was not them, have the IT team change the password of the account.
alert-explain = For the IT team: this command shows what happened.
alert-resume = When all is well, this one ends the pause.
