# The pages. Short, active sentences that a child of ten can read.

## Everywhere

walk-recover = Back to your account
walk-security = Security information
walk-demo = The demo’s messages
language-label = Language
help-label = Help
error-title = Error: { $title }
summary-title = Something still needs your attention
who-label = Account:
who-change = Change
who-change-full = Change account
trail-label = Steps
trail-proof = Proof { $n }
trail-proof-only = Proof
trail-password = New password
trail-done = done
button-next = Next
button-cancel = Cancel
button-show = Show
button-method = Another way
button-finish = Finish
button-sign-in = Sign in
button-more-time = Get more time
contact-the-helpdesk = Contact the helpdesk
page-waits = This page waits for you until { $moment }.
form-not-valid = This page was open for too long. Nothing was sent. Please try once more.
footer-helpdesk = Write to the helpdesk
footer-messages = The demo’s messages
footer-privacy = Your data
footer-accessibility = Accessibility
secretariat-title = The helpdesk is here for you
secretariat-write = Write a message

# A masked contact, for those who listen to the page.
mask-phone = ending in { $digits }
mask-email = beginning with { $first }, at { $domain }
mask-email-alone = beginning with { $first }
line-email = Address
line-mobile = Mobile
line-office = Office phone

wait-seconds =
    { $n ->
        [one] { $n } second
       *[other] { $n } seconds
    }
wait-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }

## What has just happened

notice-not-a-number = This is not a complete phone number. Count the digits and try again.
notice-not-an-address = This is not a complete e-mail address. It needs an @, as in name@example.com.
notice-does-not-fit = This is not the contact shown. Please check it.
notice-does-not-fit-phone = We expect a number { $mask }. Please check yours.
notice-does-not-fit-email = We expect an address { $mask }. Please check yours.
notice-code-wrong =
    { $n ->
        [one] That is not the right code. You have one try left.
       *[other] That is not the right code. You have { $n } tries left.
    }
notice-not-a-code = Type only the digits of the code. This try does not count.
notice-code-expired = This code is no longer valid. Ask for a new code.
notice-wait = There were too many wrong tries for now, yours or somebody else’s. We did not check this one. Try again in { $wait }.
notice-no-more-messages = We can’t send more codes to this contact for now. Choose another way.
notice-passwords-differ = The two passwords are different. Type the same one twice.
notice-directory-away = The account service does not answer. Your password has not changed. Wait a minute, then try again.
notice-not-written = Your password could not be saved. The old one still works. Type the new one once more.
notice-not-yet = A code is already on its way. You can ask for another in { $wait }.
notice-fresh-code = A new code is on its way. The old one no longer works.
notice-more-time = All right. You have time until { $moment }.
notice-more-time-plain = All right. You have more time.
notice-gate-passed = That’s right. One step done!

## Sign-in

sign-in-title = Sign in
sign-in-summary = You are not signed in yet
sign-in-password = Password
sign-in-show = Show the password
sign-in-recover = Can’t access your account?
sign-in-recover-hint = Choose a new password in two minutes.
sign-in-empty = Type your user name and your password.
sign-in-wrong = The user name or the password is not right. Please check both.
sign-in-paused = There were too many tries. Try again after { $moment }.
sign-in-directory-away = The account service does not answer. Try again in a few minutes.
sign-in-after-sign-out = You are signed out.
sign-in-after-time-out = You did nothing for a long time. We signed you out to protect your account.

signed-in-title = Hello { $name }!
signed-in-as = You are signed in as { $user }.
signed-in-changed = Your password has been changed.
signed-in-change = Change password
signed-in-sign-out = Sign out
signed-in-forget = Sign out and forget this device
signed-in-shared = Does someone else use this device? Sign out when you have finished.

## Which account

realm-title = What kind of account do you have?
realm-lead = Choose the one you want to get back into.
realm-unsure-title = Not sure?
realm-unsure = Ask the helpdesk: they know which account is yours.

identify-title = Which account is yours?
identify-lead = We check that it is really you. Then you choose a new password. Keep your phone close by.
identify-realm = Kind of account
identify-label = E-mail address or user name
identify-hint = What you type to sign in.
identify-hint-example = What you type to sign in, for example { $example }.
identify-summary = Check your user name
identify-empty = Type your e-mail address or your user name.
identify-not-a-user-name = This is not a user name. It is too long, or a character in it is not allowed.
identify-unknown = Nobody has this user name here. Check how you spelt it. If it is right, contact the helpdesk.
identify-forgot-title = Don’t know your user name?
identify-forgot = It is often the first part of your e-mail address. If not, ask the helpdesk.

## Waiting, while very many people come at once

wait-title = One moment, please
wait-summary = It is not your turn yet
wait-not-yet = Please wait another { $wait }, then press “Go on”.
wait-what = Very many people are here at once. To protect all accounts, we let them in one after the other.
wait-now = Wait { $wait }, then press “Go on”. Keep this page open: it keeps your place.
wait-full-title = It is very busy here
wait-full-what = Very many people are here at once, and all places in the queue are taken. Nothing has changed.
wait-full-now = Wait { $wait }, then press “Try again”.
wait-script = With JavaScript switched on you need not wait.
wait-help = Is it urgent? Don’t wait: contact the helpdesk.
wait-go-on = Go on
wait-try-again = Try again
work-now = One moment: your browser is doing a short check. Then this page goes on by itself.
work-soon = One moment: your browser is finishing a short check. Then this page goes on by itself.

## How to prove it

method-title = How can you prove it is you?
method-title-again = How can you prove it once more?
method-lead-only = Choose one way. You get a code and type it here.
method-lead-first = Choose a first way. After that we ask you for another.
method-lead-more = Choose another way. We will ask you for one more after that.
method-lead-last = Choose another way. This is the last proof.
method-summary = Choose another way
method-email = Get an e-mail
method-sms = Get a text message
method-call = Get a call
method-none = None of these
method-none-hint = I can’t use any of them
method-unknown-title = You recognise none of them?
method-unknown = Perhaps your user name is misspelt. { $link }.
method-unknown-link = Check it
method-unable-title = You can use none of them?
method-unable = Contact the helpdesk: they know you.

## The whole contact

contact-title-mobile = What is your mobile number?
contact-title-office = What is your office number?
contact-title-email = What is your e-mail address?
contact-lead-phone = We expect a number { $mask }. Type all of it to get the code.
contact-lead-email = We expect an address { $mask }. Type all of it to get the code.
contact-label-mobile = Mobile number
contact-label-office = Phone number
contact-label-email = E-mail address
contact-hint-phone = With or without spaces. From another country, begin with + and the country code.
contact-hint-phone-example = With or without spaces, for example { $home } or { $abroad }.
contact-hint-email = Your other address, not that of the account you want to get back into.
contact-send-sms = Send the text message
contact-send-call = Call me
contact-send-email = Send the e-mail
contact-summary-phone = Check your number
contact-summary-email = Check your address
contact-changed-phone = Do you have a new number? Choose another way or contact the helpdesk.
contact-changed-email = Do you have a new address? Choose another way or contact the helpdesk.

## The code

code-title-email = Type the code from your e-mail
code-title-sms = Type the code from your text message
code-title-call = Type the code you hear on the phone
code-lead-email = Asked for at { $time } for the address { $contact }. The code comes within a minute.
code-lead-sms = Asked for at { $time } for the number { $contact }. The code comes within a minute.
code-lead-call = Asked for at { $time } for the number { $contact }. The phone rings within a minute.
code-lead-email-typed = Asked for at { $time } for { $contact } ({ $correct }). If this is the address of this account, the code comes within a minute.
code-lead-sms-typed = Asked for at { $time } for { $contact } ({ $correct }). If this is the number of this account, the code comes within a minute.
code-lead-call-typed = Asked for at { $time } for { $contact } ({ $correct }). If this is the number of this account, the phone rings within a minute.
code-correct = correct it
code-label = Code of { $n } digits
code-hint = Valid until { $time }. Don’t give it to anyone.
code-summary = Check your code
code-fresh = New code
code-fresh-call = Call again
code-fresh-wait = Nothing came? You can get a new code in { $wait }.
code-fresh-now = Nothing came? You can ask for a new code.
code-fresh-soon = You can get a new code in 30 seconds.
code-missing-email = Look in your junk folder too.
code-missing-sms = Check that your phone has a signal.
code-missing-call = Answer and press the key you are asked for. A voice says the code twice.
code-problem = Having a problem?
code-other-method = Use another way
code-receive-fresh = Get a new code

## The new password

password-title = Choose a new password
password-advice = A tip: take four words that have nothing to do with each other. Add a capital letter, a digit and a symbol.
password-label = New password
password-again-label = Type it once more
password-show-new = Show the new password
password-show-again = Show the second entry
password-summary = Your password has not changed yet
strength-label = This password is
strength-1 = weak
strength-2 = fair
strength-3 = good
strength-4 = strong
rules-title = The rules
rule-met = yes
rule-unmet = not yet
rule-min-length = { $n } to { $m } characters
rule-min-length-only = { $n } characters or more
rule-max-length = { $m } characters at most
rule-min-upper =
    { $n ->
        [one] A capital letter
       *[other] { $n } capital letters
    }
rule-min-lower =
    { $n ->
        [one] A small letter
       *[other] { $n } small letters
    }
rule-min-digits =
    { $n ->
        [one] A digit
       *[other] { $n } digits
    }
rule-min-symbols =
    { $n ->
        [one] A symbol (! or ?)
       *[other] { $n } symbols (! or ?)
    }
rule-not-user-name = Without your name
rule-min-strength = Hard to guess
rule-common = Not a well-known password

refused-empty = Type a new password.
refused-min-length = It is too short.
refused-max-length = It is too long.
refused-min-upper = A capital letter is missing.
refused-min-lower = A small letter is missing.
refused-min-digits = A digit is missing.
refused-min-symbols = A symbol is missing, for example ! or ?
refused-not-user-name = It contains your name. Choose other words.
refused-min-strength = It is too easy to guess. Add a word or two.
refused-common = Too many people use this password. It is easy to guess.
refused-directory-too-short = Your organisation asks for a longer password. Add a word or two.
refused-directory-in-history = You have used this password before. Choose one that is quite new.
refused-directory-too-simple = Your organisation finds this password too simple. Add a word, a digit or a symbol.
refused-directory-too-young = Your password was changed a short time ago. You have to wait before you change it again. The helpdesk can help you.
refused-directory-change-not-allowed = This account can’t change its own password. The helpdesk can help you.
refused-directory-refused = The account service does not accept this password. Try another, longer one.
refused-other = This password does not fit. Try another, longer one.

## Done

done-title = Your password has been reset
done-what = You can sign in right now with your new password.
done-not-you-title = Was it not you?
done-not-you = We are sending a message to all your contacts. It says what to do.
done-devices = Does your phone or tablet ask for a password again? Type the new one.

## Stops

stopped-now-title = What can you do now?
stopped-help-title = Need help?
stopped-call = Contact the helpdesk.
stopped-call-reference = Contact the helpdesk and give this reference: { $reference }.
stopped-start-again = Start again
stopped-sign-in = Back to sign-in
stopped-look = Look again

stopped-too-many-attempts-title = Too many wrong codes
stopped-too-many-attempts-what = To protect this account, we stopped after several wrong codes. The password has not changed.
stopped-too-many-attempts-now = You can start again. Check your user name first, and always use the last code you got.

stopped-paused-title = Too many tries for now
stopped-paused-what = To protect accounts, we pause until { $until }. The password has not changed.
stopped-paused-now = Come back after { $until }. Check your user name first, then start again. If it is urgent, don’t wait: contact the helpdesk.

stopped-too-late-title = Time is up
stopped-too-late-what = This page waited for a long time. We closed it to protect this account. The password has not changed.
stopped-too-late-now = Start again whenever you like. You will get new codes.

stopped-no-method-title = The helpdesk will help you
stopped-no-method-what = You can use none of these ways. That is all right. The password has not changed.
stopped-no-method-now = Contact the helpdesk. They check who you are, and then help you back into your account.

stopped-cancelled-title = You cancelled
stopped-cancelled-what = Nothing has changed. Your password is still the same.
stopped-cancelled-now = You can start again whenever you like.

stopped-too-few-methods-title = A contact is missing
stopped-too-few-methods-what = Your code was right. But we need one more proof, and this account does not have enough contacts. The password has not changed.
stopped-too-few-methods-at-once = To be sure that it is you, we need more contacts than this account has. The password has not changed.
stopped-too-few-methods-now = Ask the helpdesk to add a mobile number or an e-mail address. Then start again here.

stopped-disabled-title = This account is switched off
stopped-disabled-what = Your code was right. But this account is closed for now, and a new password would not open it. The password has not changed.
stopped-disabled-at-once = This account is closed for now, and a new password would not open it. The password has not changed.
stopped-disabled-now = Ask the helpdesk to open your account. Then start again here.

stopped-reported-title = This account is protected for now
stopped-reported-what = Your code was right. But someone reported “that was not me” for this account, so we pause. The password has not changed.
stopped-reported-at-once = Someone reported “that was not me” for this account, so we pause. The password has not changed.
stopped-reported-now = Contact the helpdesk. They check with you and can end the pause.

stopped-fresh-contacts-title = A contact is new
stopped-fresh-contacts-what = Your code was right. But an e-mail address or telephone number of this account is new. To protect you, it counts only from { $until }. The password has not changed.
stopped-fresh-contacts-at-once = An e-mail address or phone number of this account is new. To protect it, it counts only from { $until }. The password has not changed.
stopped-fresh-contacts-now = Come back after { $until }. If it is urgent, don’t wait: contact the helpdesk.

stopped-proofs-void-title = Please start again
stopped-proofs-void-what = Something has changed while you were here: a contact of this account, or the rules. So your proofs no longer count. The password has not changed.
stopped-proofs-void-now = Start again: you will get new codes. If this happens again, contact the helpdesk.

stopped-account-unusable-title = This account is no longer available
stopped-account-unusable-what = The account was closed or removed while you were here. The password was not saved.
stopped-account-unusable-now = Ask the helpdesk what became of your account.

stopped-write-not-allowed-title = We can’t change this password
stopped-write-not-allowed-what = Your proofs were right. But our service is not allowed to change the password of this account. The password has not changed.
stopped-write-not-allowed-now = It is not your fault. Tell the helpdesk: they will put it right.

stopped-never-settled-title = We don’t know if the password has changed
stopped-never-settled-what = The account service did not answer in time. The new password may be saved, or it may not.
stopped-never-settled-now = Try to sign in with the new password, then with the old one. If neither works, start again.

stopped-writing-title = We are saving your password
stopped-writing-what = This takes a few seconds. Your proofs are kept.
stopped-writing-now = Wait a moment, then press “Look again”.

stopped-unclear-title = We don’t know yet
stopped-unclear-what = We gave your new password to the account service, but it did not answer. The password may have changed, or it may not. Your proofs are kept.
stopped-unclear-now = Wait a minute, then press “Look again”. Keep both passwords in mind, the new one and the old one.

stopped-waiting-title = We are waiting for another person
stopped-waiting-what = Someone has to answer for you first. The password has not changed.
stopped-waiting-now = Keep this device. Come back to this page in the same browser and press “Look again”.

stopped-not-valid-title = This page is no longer valid
stopped-not-valid-what = It is too old, or you went on in another tab. What you just sent did not count.
stopped-not-valid-now = If another tab is open, go on there. If not, start again.

stopped-no-cookie-title = We lost the thread
stopped-no-cookie-what = Your browser did not tell us where you were: the page is too old, or cookies are blocked. The password has not changed.
stopped-no-cookie-now = Start again. If this page comes back, allow cookies for this site or try another browser.

## A letter to the helpdesk

letter-title = Write to the helpdesk
letter-lead = Tell us what is happening. The helpdesk will answer you. Never write a password or a code.
letter-name = Your name
letter-reach = How can we reach you?
letter-reach-hint = A phone number or an e-mail address that you can use now.
letter-what = What is happening?
letter-what-hint = For example: “I have a new number and I don’t get the code.”
letter-reference = We add this reference: { $reference }.
letter-send = Send
letter-back = Back to my account
letter-summary = Your message has not been sent yet
letter-no-name = Write your name.
letter-no-reach = Write a phone number or an e-mail address.
letter-no-what = Write what is happening, in a few words.
letter-too-long = That is too long. Keep it to { $n } characters.
letter-paused = Too many messages were sent from here. Try again after { $moment }, or phone us.
letter-not-sent = Your message could not be sent. Try again in a few minutes, or phone us.
letter-sent-title = Your message is on its way
letter-sent-what = The helpdesk will read it and answer you.
letter-sent-beware-title = Stay careful
letter-sent-beware = The helpdesk will never ask you for a password or a code.

## That was not me

not-me-title = Was it not you?
not-me-what = Someone tried to get into your account here. If it was not you, tell us.
not-me-what-reset = The password of your account was changed on { $moment }. If it was not you, tell us.
not-me-effect-title = If you tell us
not-me-effect = The helpdesk hears of it at once. For a while, nobody can change the password here.
not-me-send = It was not me
not-me-it-was-me = It was me
not-me-done-title = Thank you, the helpdesk knows
not-me-done =
    { $n ->
        [one] Nobody can recover this account here for one hour.
       *[other] Nobody can recover this account here for { $n } hours.
    }
not-me-done-now = Phone the helpdesk as soon as you can. Also check that nobody else reads your e-mail.
not-me-unknown-title = This link is no longer valid
not-me-unknown = It is too old, or it has been used. Does something worry you? Contact the helpdesk.

## Changing a password

change-title = Change password
change-title-must = Choose a new password first
change-lead-must = Your present password works only once. Choose your own to go on.
change-summary = Your password has not changed yet
change-current = Present password
change-show-current = Show the present password
change-finish = Change
change-forgot = Forgot your present password?
change-wrong-current = This is not your present password.
change-unclear = The account service did not answer. The password may have changed, or it may not. Sign out and try the new one.
change-not-allowed = This account can’t change its password here. Contact the helpdesk.

## Errors

error-not-found-title = This page does not exist
error-not-found-what = The address may be misspelt, or the link too old. Nothing has changed.
error-not-understood-title = We did not understand
error-not-understood-what = Your browser sent something unexpected. Nothing has changed. Go back to the start and try again.
error-too-many-title = Too many requests at once
error-too-many-what = Many requests come from your network. Wait a minute, then try again.
error-broken-title = Something went wrong on our side
error-broken-what = It is not your fault. Try once more in a few minutes.
error-busy-title = Not available right now
error-busy-what = The service is busy or being looked after. Try again in a few minutes.
error-recover = Back to my account

## The demo

messages-title = Messages that arrived
messages-lead = In the demo, e-mails, text messages and calls arrive here. Nothing is really sent.
messages-refresh = Refresh
messages-recover = Recover an account
messages-mailbox = E-mails
messages-phone = The phone
messages-from = From
messages-to = To
messages-call = Call to
messages-sms = Text message to
messages-as-text = Show the text only
messages-no-mail = No e-mail yet.
messages-no-phone = No text message or call yet.

## Your data

privacy-title = Your data
privacy-lead = These pages help you get back into your account. For that they use a few things about you. Here you read which, why, and for how long.
privacy-who-title = Who decides about your data?
privacy-who = { $controller }. The people to ask are named below.
privacy-what-title = What do we use, and why?
privacy-what-name = Your user name, to find your account.
privacy-what-contacts = Your e-mail addresses and phone numbers, to send you a code and to tell you when something happens with your account.
privacy-what-code = The codes that we send, to check that it is you. What we keep of a code nobody can read.
privacy-what-network = The address of your network, to stop people who guess codes or try many accounts.
privacy-what-device = The kind of your device, for example an iPhone. It stands in our messages, so that you see whether it was you.
privacy-what-password = Your new password. We pass it on to your account, and nobody here can read it.
privacy-why-title = Why may we use this?
privacy-why-public-task = Your account is part of our public task, for example teaching (GDPR, article 6 (1) e).
privacy-why-contract = Your account is part of a contract with us, and you must be able to get in (GDPR, article 6 (1) b).
privacy-why-legitimate-interest = You want to get back into your account, and nobody else should. That matters to you and to us (GDPR, article 6 (1) f).
privacy-long-title = How long do we keep it?
privacy-long-walk = What you do on these pages: until one day after you finish.
privacy-long-code = A code: until it is sent, a few minutes at most.
privacy-long-notice =
    { $n ->
        [one] Other messages: until they are sent, three days at most. That a message was sent: one day more.
       *[other] Other messages: until they are sent, three days at most. That a message was sent: { $n } days more.
    }
privacy-long-network =
    { $n ->
        [one] The address of your network: one day.
       *[other] The address of your network: { $n } days.
    }
privacy-long-audit =
    { $n ->
        [one] What happened here with your account, so that cheating shows: one day.
       *[other] What happened here with your account, so that cheating shows: { $n } days.
    }
privacy-long-tries = How often somebody tried: a month at most.
privacy-long-contacts = Contacts that the school or company gave us for you: as long as you have your account. One that was taken away: three days more, to tell you of the change.
privacy-cookies-title = Which cookies are there?
privacy-cookies = Only those that these pages need. None of them follows you.
privacy-cookie-recovery = One knows how far you are. It goes when you close the browser.
privacy-cookie-browser = One knows a browser with which you got in before, so that strangers can’t lock you out. It stays for 180 days.
privacy-cookie-forms = One sees to it that other websites can’t fill in forms in your name. It goes when you close the browser.
privacy-cookie-session = One keeps you signed in, for 30 minutes.
privacy-cookie-language = One remembers your language, for a year.
privacy-cookie-note = One carries a short message to the next page, for a minute.
privacy-others-title = Who else sees it?
privacy-others = The helpdesk and the people who look after the computers, when they need it to help you. We sell nothing, and there are no adverts.
privacy-others-mail = E-mails travel through a mail service, like any e-mail.
privacy-others-sms = Text messages go through a phone company. It sees your number and the text.
privacy-others-call = Calls go through a phone company. It sees your number and what is said.
privacy-rights-title = What can you ask for?
privacy-rights = You may see what we keep about you. You may have it corrected or deleted, and you may say no to how we use it. It costs nothing, and we answer within a month.
privacy-rights-write = Write to { $contact }.
privacy-rights-helpdesk = Ask the helpdesk.
privacy-rights-complain = Not happy with the answer? Then you can complain to { $authority }.
privacy-rights-complain-anywhere = Not happy with the answer? Then you can complain to the data protection authority of your country.
