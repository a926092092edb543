/**
 * The texts that the tagger learns from: ours, made up, each with slots that `fill.ts` puts values into. A slot is a name in braces:
 * P person, F given name, L family name, A address, S street with number, R street alone, G place, C city, K country, O organisation,
 * J job title, H form of address, N nationality, Y year, D date, AGE, Z postal code, T telephone; and, outside every span: W weekday, MAIL, URL,
 * CARD, IBAN, IP, SSN, NUM, MONEY, REF, word, words, Word, Words, thing.
 */
export const sentences: readonly string[] = `
Hello, {P} speaking, how may I help?
Good morning, I'm {P} and I have a question about my invoice.
This is {P} from {O}.
hi there, {F} here
Hi {F}, did you get my note about {word}?
Dear {H} {L}, we have received your complaint of {D}.
Dear {P}, thank you for writing to {O}.
Dear {F},
Kind regards, {P}
Best, {F}
Sincerely yours, {P}, {J}
Thanks! {F}
Please put me through to {P}.
Is {P} in today?
Can I talk to {H} {L} about the {thing}?
Tell {F} that I called.
I spoke with {F} yesterday and {F} said it was fine.
The account holder is {P}.
The policy was issued to {P}, born {D}.
Register the car to my husband {P}.
My wife's name is {P}, she should have access too.
My daughter {F} is {AGE} and needs a card of her own.
my full name: {P}
they call me {F}
I am called {P}, but friends say {F}.
You misspelled my surname, it should read {L}.
Her married name is {L}, before that it was {L}.
First name: {F}
Last name: {L}
Surname {L}, given name {F}
Name: {P}
Applicant: {P}
Patient: {P}, age {AGE}
Contact person: {P} ({J})
Witness: {P}
Signed by {P} on {D}
Prepared by: {P}
To: {P} <{MAIL}>
From: {P}
Cc: {P}; {P}; {P}
From: {L}, {F}
Attendees: {P}, {P}, {P} and {P}
{P} wrote:
{P} said that the {thing} had been lost.
{P} told {P} about the {words}.
"{words}," said {P}.
"{Words}," {P} replied, "{words}."
According to {P}, the {thing} was never delivered.
{P} and {P} met in {C} in {Y}.
{P} was born in {C}, {K}, in {Y}.
{P} was born on {D} in {C}.
{P} grew up in {G} and moved to {G} when he was {AGE}.
{P}, {AGE}, of {C}, was arrested on {W}.
{P} ({AGE}) has been missing since {D}.
{P} died in {Y} at the age of {AGE}.
{P} married {P} in {Y}.
{P}, {J} at {O}, announced the merger.
{P} joined {O} as {J} in {Y}.
{P} works for {O} as a {J}.
{P} left {O} for {O} in {Y}.
{P} studied at {O} before she moved to {K}.
{P} has been the {J} of {O} since {Y}.
{O} appointed {P} as its new {J}.
{O} was founded by {P} and {P} in {Y}.
{O} is based in {G}.
{O}, a company from {C}, makes {words}.
{O} has offices in {G}, {G} and {G}.
The {N} company {O} bought {O}.
Shares of {O} fell on {W}.
I have worked at {O} for {NUM} years.
My employer is {O}.
She applied to {O} and to {O}.
Who runs {O} these days?
We bought the machine from {O}.
The contract between {O} and {O} was signed on {D}.
In {Y}, {O} merged with {O}.
The {O} building is closed.
A spokesman of {O} declined to comment.
Invoice from {O} for {words}
Have you ever been to {G}?
I love {G}!
We flew from {C} to {C} on {W}.
We are spending the summer in {G}.
Next month I travel to {G} for work.
The train to {C} was late again.
He lives in {G}.
She comes from {G} but works in {G}.
They left {K} in {Y}.
It rains a lot in {G} at this time.
{C} is the capital of {K}.
{G} is beautiful in winter.
{G} airport is closed.
The {C} market opens at nine.
The president of {K} met the prime minister of {K}.
The war in {K} ended in {Y}.
The weather in {C}, {K} is awful.
The road from {C} to {C} is blocked.
Our embassy in {K} will help you.
Elections in {K} were held on {D}.
How do I get a visa for {K}?
I want my money sent to {G}.
The {N} minister resigned on {W}.
Is there a good {N} restaurant near here?
The {N} army crossed the border of {K}.
I am {N}.
I'm {N}, but my mother is {N}.
My neighbours are {N}.
He holds a {N} passport.
She speaks {N} and a little {N}.
The film is a {Y} {N} thriller by {P}.
{P} is a {N} singer and songwriter.
{P} is a {N} {J} from {C}.
The {N} band played in {C} in {Y}.
The {N} parliament voted on {W}.
Two {N} tourists were hurt.
Our address is {A}.
My address: {A}
I live at {A}.
We live on {R}.
I moved to {A} last week.
Ship it to {A}, please.
Please deliver the parcel to {A}.
Please send the new card to {P}, {A}.
Change my address from {A} to {A}.
Where is it? At {A}.
The meeting is at {A} at noon.
The shop at {S} is closed on {W}.
The office at {S}, {C} has moved.
Our store is on {R}, opposite the church.
Turn left into {R} and stop at {S}.
The parade goes along {R} and {R}.
Roadworks on {R} until {D}.
The accident happened at the corner of {R} and {R}.
She waited for him at {S}.
Pick me up at {S} in {C}.
A taxi to {S}, please.
The house at {A} was sold for {MONEY}.
Fire at {S}: nobody hurt.
Return address: {A}
Billing address: {A}
Home address: {A}
Registered office: {A}
Property: {A}
Visit us at {A}
Come to {O}, {A}.
{O} is at {A}.
{P}, {A}
{P}, {S}, {C}
The court sits at {A}.
The number {NUM} tram stops at {R}.
postcode {Z}
My postal code is {Z}.
Postal code: {Z}
What is the zip? {Z}
zip code {Z}
I live in the {Z} area.
Weather for {Z}
Please call me on {T}.
Call {T} for help.
My phone number is {T}.
My number is {T}, call after six.
Phone: {T}
Tel. {T}
Tel: {T}, fax: {T}
Mobile {T}
Cell: {T}
Fax {T}
Office {T}, home {T}
Text me at {T}
You can reach {P} at {T}.
You can reach me at {T} or {MAIL}.
Reach our desk under {T} on weekdays.
I keep getting calls from {T}.
Who called from {T}?
The number you gave, {T}, is out of service.
Please change my phone to {T}.
No one picks up at {T}.
Send the code to {T}
My old number was {T} and the new one is {T}.
{P}: {T}
{P} {T} {MAIL}
WhatsApp {T}
contact {T}
Ring {F} on {T} tonight.
My e-mail is {MAIL}.
Write to {MAIL}
{MAIL} is my address.
See {URL} for more.
The site {URL} is down.
My card is {CARD}.
Please block {CARD}, it was stolen.
Card {CARD} was declined in {C}.
Why was {MONEY} taken from {CARD}?
My IBAN: {IBAN}
Transfer {MONEY} to {IBAN}, name {P}.
The host {IP} does not answer.
Requests from {IP} are refused.
SSN {SSN}
My SSN is {SSN} and I was born on {D}.
I am {AGE} years old.
I'm {AGE}.
I'm {AGE} yo, is that too old?
i turned {AGE} last week
She is {AGE} and still runs.
My son is {AGE} years old.
My father will be {AGE} in May.
My sister just became {AGE}.
A {AGE}-year-old man was found in {R}.
The {AGE} year old patient has a headache.
{AGE} year old male with chest pain
Age: {AGE}
aged {AGE}
He retired at {AGE}.
At {AGE}, {P} became the {J} of {O}.
He was {AGE} when he wrote it.
He turned {AGE} on {W}.
I was {AGE} back then, and {F} was {AGE}.
When I was {AGE} we lived in {C}.
Only {AGE}, she already leads {O}.
In {Y} everything changed.
Since {Y} the rules are stricter.
It was written in {Y}.
The law of {Y} forbids it.
The {Y} edition is out of print.
The Act of {Y} covers this.
The {Y} report names {P} and {P}.
By {Y}, {O} had {NUM} workers.
Between {Y} and {Y} the town grew.
The treaty was signed in {Y} and came into force in {Y}.
On {W} we go to {C}.
See you on {W}.
Can we move it to {W}?
It closes every {W}.
It happened on {D}.
Born: {D}
Date of birth: {D}
Date: {D}
Due {D}
Last login: {D}
Appointment with {H} {L} on {D}
We expect {P} on {W}, {D}.
{H} {L} will see you now.
{H} {P} is not in.
{H} {L} and {H} {L} have left.
Ask for {H} {L} at the desk.
I'd like to speak with {H} {P}, please.
My doctor is {H} {P}.
{H} {L}, may I come in?
Please correct {H} {L} to {H} {L} on my account.
It's {H} {P}, not {H} {P}.
I work as a {J}.
I am a {J} in {C}.
She is a {J}.
My job title is {J}.
Position: {J}
We are hiring a {J}.
{P} - {J}
{P}, {J}
{P} | {J} | {O}
the {J} said no
{P}, a {J}, saw it all.
The {J}, {P}, was not amused.
Have you met {P}?
Have you heard of {P}?
Do you know {P}?
Who is {P}?
Where is {F}?
Why did {P} leave?
Why does {F} always {word}?
What does {P} think?
How old is {F}?
When will {P} be back?
I miss {F}.
I saw {P} in {C}.
I can't stand {P}.
I love {P}'s work.
I love you, {F}!
{P}'s new album is out.
{P}'s mother lives in {G}.
{P}'s lawyer asked for bail.
{P}'s house was searched.
{F}'s brother {F} is here.
{P} is late again.
{P} is such a nice man.
{P} will pay.
{P} has a new {thing}.
{P} sang, {P} played the drums.
{P} always wanted to {word}.
{P} used to play for {O}.
{P} directed the film, with {P} and {P} in it.
The song was written by {P} and recorded by {P} in {Y}.
The album by {P} reached the top in {K}.
The book by {P} is about {words}.
A novel by {P}, set in {C}
The painting is by {P}.
I prefer early {P} to late {P}.
In the style of {P}
Fans of {P} will like it.
as {P} once put it
Like {P}, {P} began in {C}.
Police say {P} shot {P} in {C}.
{P} was sentenced to {NUM} years.
Trial of {P} begins in {C}
{P} wins, {P} second
{P} beats {P} in straight sets
{P} scored twice for {O}.
Under the name {P}
The booking is under {P}.
The booking is under {L}, table for {NUM}.
It should be in the name of {P}.
Add {P} to my account.
Remove {P} from the list.
Please add {F} as a second holder.
We called the baby {F}.
Meet {F}, my dog.
Come on, {F}, let's go.
{F}, could you help me?
{F}, please call the bank.
No, {F}, I did not.
Look, {F}!
Oh {F}, why?
Hey {F}! How was {G}?
{F}: hello?
{F}: {Words}.
{P}: {Words}?
Please forward this to {P} at {O}.
{O} sent me {words}.
{O} will not reply.
{O} denies it.
{O} Ltd. and others
{O}'s results were poor.
{O}'s chief, {P}, lives in {C}.
She quit {O} to work with {P}.
I bank with {O}.
Our partner {O} will bill you.
The {O} choir sang in {C}.
The {O} team beat {O}.
The {O} of {C} opens on {W}.
Welcome to {O}!
Welcome to {C}!
Greetings from {G}
The bridge in {C} is being repaired.
Old {C} is lovely.
southern {K}
North of {C}
back to {G}
in {G}, of all places
{G}, {Y}
{C}, {D}
{C}, {K}
{G}: {words}
{G} welcomes {NUM} visitors a year.
{G} won the cup in {Y}.
That {N} place downtown is cheap.
A nice new {N} cafe has opened.
The {N} government began talks on {D}.
The {N} police detained {P}.
The {N} coast guard has stopped a ship from {K}.
a {N} comedy of {Y}
{NUM} {N} soldiers
the {N} ambassador to {K}
I cook {N} food.
aged {AGE} years
i am {AGE} yrs old
{AGE}yo from {C}
a boy of {AGE}
Customer is {AGE} years of age.
{P} ({T}) called.
{T}
{T} or {T}
is {T} still your number?
my cell is {T}
it's {T}
emergency number: {T}
Phone {T} ({O})
{P}, {S}, {C}, {T}
He works for {O}.
I used to work for {O}.
Employed by {O} since {Y}
My sister works at {O} in {C}.
{F} is with {O} now.
She starred in a film by {P}.
a film with {P} and {P}
Her name was {P}.
They named the boy {F}.
Many {N}s live here.
The {N}s won the match.
He is half {N}, half {N}.
an old {N} recipe
Contact {P} at {O}: {T}
dial {T}
{T} keeps calling me
Could you ring me? {T}
missed call from {T}
Call us toll-free: {T}
number: {T}
`.trim().split('\n');

/** Blocks of several lines: letterheads, signatures, labels, forms. */
export const blocks: readonly string[] = `
{P}|{S}|{Z} {C}|{K}
{P}|{O}|{S}|{C}, {Z}
{P}|{J}|{O}|{A}
{P}|{A}
{P}||{A}
{O}|{A}
{O}|{S}|{C}
{F} {L}|{J}, {O}|T {T}|M {T}|{MAIL}
{P}|{J}|{T}|{URL}
Regards,|{P}|{J}|{O}|Phone: {T}
--|{P}|{O}|{A}|Tel: {T}|Fax: {T}|{URL}
Name: {P}|Address: {A}|Phone: {T}|E-mail: {MAIL}
Name: {P}|Date of birth: {D}|Nationality: {N}|Place of birth: {C}
Name|{P}|Street|{S}|City|{C}|Country|{K}
Employee: {P}|Job: {J}|Employer: {O}|Since: {D}
Bill to:|{P}|{S}|{Z} {C}
Ship to:|{O}|{P}|{A}
Dear {H} {L},||{Words}. {Words}.||Yours faithfully,|{P}|{J}
Hi {F},||{Words}.||{F}
From: {P} <{MAIL}>|To: {P}|Date: {D}|Subject: {Words}||{F}, {words}.
From: {L}, {F} <{MAIL}>|Sent: {D}|To: {P}|Subject: Re: {words}||{Words}.||From: {P}|To: {L}, {F}|Sent: {W} {D}|Subject: {words}
From: {L}, {F}|To: {L}, {F}; {L}, {F}|Cc: {P} <{MAIL}>|Subject: FW: {Words}||{F},||{Words}.
Order {REF}|Customer: {P}|Delivery: {A}
Date: {D}|Patient: {P}|Age: {AGE}|Phone: {T}
About:|{P}|{AGE}|{C}|{J}
{O}|{S}|{Z} {C}|Tel. {T}|{URL}
{P}|{T}
{P}|{O}|{T} office|{T} fax
{P}|{A}|{T} (mobile)
{P}|{S}|{T}-Home, {T}-Work
{P}|{MAIL}|{T}
{O}|{T}|{T}
Phone|{T}|Address|{A}
Contact:|{T}|Mail:|{MAIL}|Web:|{URL}|Address:|{A}
{F}: {Words}!|{F}: {Words}, {F}.|{F}: {Words}?
Agent: What is your name?|Customer: {P}|Agent: And where do you live?|Customer: {A}
Q: Where do you work?|A: {O}
Bot: which number? User: {T}
Operator: Which city? Caller: {C}
> {P}|> {O}|> {S}|> {C}|> {K} {Z}
* {P}|* {P}|* {P}
1. {P}, {O}|2. {P}, {O}|3. {P}, {O}
{P}, {C}|{P}, {C}|{P}, {C}
{W}|{Words}|{P}
Passenger {P}|From {C}|To {C}|{D}
`.trim().split('\n').map((line) => line.replaceAll('|', '\n'));

/** Texts without personal data, so that the tagger learns what to leave alone. */
export const plain: readonly string[] = `
How can I raise the limit of my account?
What are your opening hours?
Where do I find my statement?
Please cancel my subscription.
I forgot my PIN and the ATM kept my card.
I want to change the due date of my payment.
Your App does not work on my Phone.
Is there a fee for using an ATM abroad?
I'm really unhappy with this Service.
Excuse me, Madam, but that was rude.
Thank you very much, that is all I need.
Sorry, I do not understand the question.
Can I pay in cash?
OK. Bye!
Yes please.
No, thanks.
The quick check took only two minutes.
Five, four, three, two, one, go!
Words such as Freedom and Honour are written with a capital.
Hope and Patience are virtues.
Faith, Hope and Charity
Chapter IV of the Regulation applies.
Section {NUM} of the Act forbids discrimination of any kind.
Article {NUM} of the Treaty on the Union
Title IX and Title VI are often confused.
See Figure {NUM} and Table {NUM}.
Part {NUM}: {Words}
The Ministry published the Annual Report.
The Supreme Court ruled against the State.
The Prime Minister spoke to the Parliament.
The President will address the Nation tonight.
the Queen arrived by helicopter this morning
The Minister of Finance and the Secretary of State
Monthly Statement of Account
Terms and Conditions apply.
General Information
Executive Summary
Frequently Asked Questions
Read Me First
Happy New Year!
Merry Christmas to all of you!
Over the holidays we are closed.
At Easter we stay at home.
She sings in a choir.
One of the saddest songs ever written.
The first verse is about love, the second about war.
It was the best of the top {NUM} songs.
It ranks #{NUM} on our list.
The song is called "{Words}".
Have you read "{Words}"?
In the film "{Words}" the hero dies.
Sing along: "{Words}, {words}"
He plays guitar and she plays the piano.
Rock, Blues and Jazz
Her {thing} is blue, mine is green.
The {thing} costs {MONEY}.
Total: {MONEY}
{NUM} items, {MONEY} each
Order number {REF}
Ticket {REF} was closed.
Your reference: {REF}
Invoice no. {REF} of {MONEY}
Case {REF}, page {NUM}
Version {NUM} of the {thing}
Room {NUM}, floor {NUM}
Meet in Room {NUM}.
There are {NUM} people in the queue.
It took {NUM} days.
We sold {NUM} units last quarter.
About {NUM} percent agreed.
The population is {NUM}.
Scale 1 to {NUM}
The score was {NUM} to {NUM}.
He ran {NUM} kilometres in {NUM} minutes.
Sales rose by {NUM}%.
{NUM}% off
up {NUM} % within a year
Our {NUM}th anniversary
the {NUM}th time this year
over {NUM} million users
{NUM} billion
Form {NUM}({word}){NUM}
Thx.
Thx for the {thing}.
Pls print.
Pls send me the {thing} asap.
Fw: {words}
Re: {words}
Subject: Re: {Words}
Subject: FW: {Words}
Original Message
Sent from my tablet
RESTRICTED
UNCLASSIFIED {Words}
RELEASE IN FULL
Case No. {REF} Doc No. {REF}
Ref. {REF} Doc. {REF}
at {NUM} a.m. or {NUM} p.m.
the {word} media
Onward and upward!
See below.
Also {word} the {words}.
Bus {NUM} is late.
Route {NUM} is closed.
In {NUM} days the offer ends.
All {NUM} of them left.
It took less than {NUM} minutes.
The {NUM} founders quarrelled.
{NUM} easy steps to {words}
{NUM} Reasons to {Word}
Top {NUM} {Words}
He has {NUM} cards and {NUM} accounts.
Over {NUM} e-mails were read.
A book of {NUM} pages
In chapter {NUM} the hero {word}.
Row {NUM}, seat {NUM}
He was sentenced to {NUM} years in prison.
For {NUM} years nothing happened.
{NUM}... {NUM}... go!
Temperatures of {NUM} degrees
at {NUM} o'clock
{NUM} seconds later
The last {NUM} digits
Press {NUM} for help.
the assistant to the director
as a witness for the defence
my guardian and my teacher
The nurse and the doctor left.
Ask a lawyer.
Long before {Word} Day
See {Words}: {NUM} {Words} ({Words})
"{Word} {words}"
Answer: "{Words}"
{Word} is {words}.
{Word} was a film of that time.
Serial {REF}
Part number {REF}
Error {REF}: {words}
Status: {Word}
Subject: {Words}
RE: {Words}
FW: {Words}
{Words}
{Words}.
{Words} and {words}.
{Word}: {words}
The {words} of the {words}
A {word} {thing}
We {word} the {thing}.
They {word} {words}.
I {word} it.
To {word} is to {word}.
{Word} or {word}?
Don't {word}!
Visitors must use the side entrance until further notice.
Drivers should slow down here.
Students may apply before the end of term.
Researchers found no evidence.
Critics praised it, audiences did not.
Doctors and Nurses wanted
All Rights Reserved
Not for Distribution
UNCLASSIFIED
CONFIDENTIAL
NOTE TO FILE
Page {NUM} of {NUM}
Table of Contents
Written in a hurry, sent too early.
My brother is older than me.
My partner and I want a joint account.
The manager was kind.
Ask the Manager.
Let me talk to your supervisor!
Your website is too slow.
Breaking News: {words}
Best regards,
Yours sincerely,
Hi all,
Dear Sir or Madam,
Dear Customer,
To whom it may concern
Good morning!
Please find attached the {thing}.
See attached.
Sent from my Phone
FYI
Call me back when you can.
I'll be there at {NUM}.
The idea came to us on the beach.
He is a good listener and very patient.
She never sees the point.
The bus was late.
Is it far from the station?
There is a new place downtown, do they have vegan food?
What a day!
You saved my life!
This is not what I ordered.
The story begins in a small village by the sea.
Breathe in, breathe out.
It is what it is.
`.trim().split('\n');
