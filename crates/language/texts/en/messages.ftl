### What Regain sends: mails, SMS, calls.
### A child of ten must understand all of it.
### $when is a day and a time: “Monday 23 November at 8:21”. $until is a time of day.
### $contact is a number or an address: it comes after a colon.

message-mail-office = { $name }: { $way }

## The code

message-code-subject = Your code to get back into your account
message-code-preview = Type this code on the page where you asked for it. It is valid until { $until }.
message-code-heading = Here is your code
message-code-use =
    Type it on the page where you asked for it.
    It is valid until { $until } and works only once.
message-code-secret = Do not give it to anyone.
message-code-secret-more = The helpdesk will never ask you for it.
message-code-not-you = You did not ask for a code?
message-code-not-you-more =
    Do not use this code: your password stays the same.
    If this happens again, tell the helpdesk: { $contact }.
message-code-asked = This code was asked for on { $when } for the account { $user }, { $device }.
message-code-no-link = There is no link to follow in this message.
message-code-sms = { $organisation }: { $code } is your code to get back into your account, valid until { $until }. Do not give it to anyone.
message-code-call =
    Hello. This is a call from { $organisation }.
    You asked for a code to get back into your account.
    If that was not you, please hang up.
    Your code is: { $digits }.
    Once more: { $digits }.
    Do not give this code to anyone. Goodbye.

## In several notices

message-notice-you = Was it you?
message-notice-not-you = Was it not you?
message-notice-not-you-more =
    Tell us at once with the link below: the helpdesk gets an alert.
    Phone or write to the helpdesk yourself as well: { $contact }.
message-notice-not-me = That was not me
message-notice-safe = The page that opens will never ask for your password.
message-notice-privacy = Your data: { $url }

## The password was reset

message-reset-subject = Your password has been reset
message-reset-preview = Was it you? Then all is well. If not, this message says what to do.
message-reset-heading = Your password has been reset
message-reset-what = The password of the account { $user } was reset on { $when }, { $device }.
message-reset-you-more =
    Then there is nothing to do.
    Sign in with your new password.
message-reset-sms = { $organisation }: the password of the account { $user } was reset on { $when }. Not you? Tell the helpdesk ({ $contact }) and open this link:
message-reset-call =
    Hello. This is a call from { $organisation }.
    The password of the account { $user } was reset on { $when }.
    If it was you, there is nothing to do.
    If it was not you, tell the helpdesk at once: { $contact }.
    Once more: { $contact }.
    Goodbye.

## Nobody knows whether the password was reset

message-unclear-subject = Your password may have changed
message-unclear-preview = Try to sign in with the new password.
message-unclear-heading = Your password may have changed
message-unclear-what =
    Someone chose a new password for the account { $user } on { $when }, { $device }.
    Because of a fault, we do not know whether it was saved.
message-unclear-you-more =
    Try the new password.
    If it does not work, try the old one.
    Neither works? Start again, or contact the helpdesk: { $contact }.
message-unclear-not-you-more = Tell the helpdesk at once: { $contact }.
message-unclear-sms = { $organisation }: a new password was chosen for the account { $user }, but because of a fault we do not know whether it was saved. Try it. If it does not work, or if it was not you, contact the helpdesk: { $contact }
message-unclear-call =
    Hello. This is a call from { $organisation }.
    Someone chose a new password for the account { $user } on { $when }.
    Because of a fault, we do not know whether it was saved.
    If it was you, try to sign in.
    If that does not work, or if it was not you, contact the helpdesk: { $contact }.
    Once more: { $contact }.
    Goodbye.

## The account exists, but can't be recovered online

message-obstacle-subject = Someone tried to get back into your account
message-obstacle-preview = Was it you? The helpdesk can help. Your password has not changed.
message-obstacle-heading = Someone tried to get back into your account
message-obstacle-what =
    Someone, perhaps you, tried to get back into the account { $user } on { $when }, { $device }.
    The password has not changed.
message-obstacle-why =
    { $reason ->
        [too_few_methods] You cannot get back into this account online: we know too few e-mail addresses and telephone numbers to be sure that it is you.
        [fresh_contacts] You cannot get back into this account online yet: one of your e-mail addresses or telephone numbers is new. To protect you, it counts only from { $until }.
        [disabled] You cannot get back into this account online: it is switched off.
       *[paused] You cannot get back into this account online for the moment: someone reported “That was not me”. We have paused it to protect it.
    }
message-obstacle-you-more = The helpdesk can help you. Contact them: { $contact }.
message-obstacle-not-you-more =
    { $reason ->
        [fresh_contacts] Did you not change it, or have it changed? Then someone else did. Tell the helpdesk now.
       *[other]
            Then there is nothing to do. Perhaps someone misspelt their own name.
            If this happens again, tell the helpdesk.
    }
message-obstacle-sms =
    { $reason ->
        [too_few_methods] { $organisation }: you cannot get back into the account { $user } online, because we know too few ways to reach you. Was it you? Contact the helpdesk: { $contact }
        [fresh_contacts] { $organisation }: you cannot get back into the account { $user } online yet, because an address or number of yours is new and does not count yet. If you did not change it, or if it is urgent, contact the helpdesk: { $contact }
        [disabled] { $organisation }: you cannot get back into the account { $user } online, because it is switched off. Was it you? Contact the helpdesk: { $contact }
       *[paused] { $organisation }: you cannot get back into the account { $user } online for the moment, because someone reported “That was not me”. Was it you? Contact the helpdesk: { $contact }
    }
message-obstacle-call =
    Hello. This is a call from { $organisation }.
    Someone, perhaps you, tried to get back into the account { $user }.
    { $reason ->
        [too_few_methods] That is not possible online: we know too few ways to reach you.
        [fresh_contacts] That is not possible online yet: an address or number of yours is new, and does not count yet.
        [disabled] That is not possible online: this account is switched off.
       *[paused] That is not possible online for the moment: someone reported a password reset that was not theirs.
    }
    The password has not changed.
    If it was you, contact the helpdesk: { $contact }.
    Once more: { $contact }.
    Goodbye.

## The contacts of the account have changed

message-contacts-subject = The contacts of your account have changed
message-contacts-preview = If it was not you, tell the helpdesk now.
message-contacts-heading = The contacts of your account have changed
message-contacts-what = An e-mail address or a telephone number of the account { $user } has changed. We saw it on { $when }.
message-contacts-wait = To protect you, a new one can be used to get back into the account only from { $until }.
message-contacts-you-more = Then there is nothing to do. If your school or company changed it for you, neither.
message-contacts-not-you-more = Tell the helpdesk now, before then: { $contact }.
message-contacts-sms = { $organisation }: an e-mail address or telephone number of the account { $user } has changed. If you know about it, there is nothing to do. If not, contact the helpdesk now: { $contact }
message-contacts-call =
    Hello. This is a call from { $organisation }.
    An e-mail address or a telephone number of the account { $user } has changed.
    If you know about it, there is nothing to do.
    If not, contact the helpdesk now: { $contact }.
    Once more: { $contact }.
    Goodbye.

## Letter to the helpdesk

message-letter-subject = Someone asks for help to get back into an account
message-letter-preview = Someone filled in the contact form.
message-letter-heading = Someone asks for help
message-letter-what =
    Someone filled in the contact form on { $when }.
    We have not checked who it is. This is what they wrote.
message-letter-who = Their name
message-letter-reach = How to reach them
message-letter-text = What happened
message-letter-careful = First check who you are talking to
message-letter-careful-more =
    Anyone can fill in this form.
    Call the person on a number that you already know, not on the one given here.
    Never give a password by e-mail, and follow no link in this message.
message-letter-reference = Reference: { $reference }

## Alert to the helpdesk

message-alert-subject = Alert: “That was not me”
message-alert-preview = Someone reports a password reset. This is what to do.
message-alert-heading = Someone reports: “That was not me”
message-alert-what =
    Someone chose a new password for the account { $user }.
    On { $when }, someone who gets the messages of this account reported: “That was not me.”
message-alert-paused = Until { $until }, nobody can get back into this account online.
message-alert-do = What to do now
message-alert-do-more =
    Call the person on a number that you know.
    If it really was someone else, ask the IT team to change the password of the account.
message-alert-explain = For the IT team: this command shows what happened.
message-alert-resume = When all is well, this one ends the pause.

## Warning to the operator: the bill

message-budget-subject = Warning: many text messages and calls
message-budget-preview = Someone may be running up your telephone bill.
message-budget-heading = Many text messages and calls
message-budget-what = By { $when }, { $counted } of the { $max } messages that your settings allow had gone out by text message and call.
message-budget-what-block = By { $when }, { $counted } of the { $max } messages that your settings allow for numbers beginning with { $block } had gone out by text message and call.
message-budget-stop = When all are used, no more are sent until { $until }. Mail still goes out.
message-budget-unused = By { $when } today, { $sent } codes had gone to numbers beginning with { $block }. Only { $used } of them were used. Someone may be earning money with these messages.
message-budget-do = What to do now
message-budget-do-more =
    Is it the first day of term? Then all may be well: raise the limits under [budget].
    If not, look at the page “Under attack” of the documentation.
    Leave out the countries that you do not need under [numbers], and tell your gateway’s support.
