namespace Simulant.Text.Stories;

/// <summary>
/// What is said in dialogues that get something done. A domain <c>d</c> has the lists <c>d.open</c>, <c>d.confirm</c>, <c>d.done</c>,
/// <c>d.question</c>, <c>d.answer</c>, and for each slot <c>d.slot.ask</c> and <c>d.slot.tell</c>; <c>any.*</c> serves all.
/// A gap is a slot's value, word for word.
/// </summary>
internal static class DialoguePhrases
{
    public const string Common = """
        # any.greet
        Hello
        Hi
        Good morning
        Good afternoon
        Hello there
        # any.welcome
        [Of course|Sure|Certainly|Happy to help].
        [No problem|With pleasure|Gladly|All right].
        # any.noted
        [Thank you|Thanks|Good|Fine|I see|Noted|Got it].
        [Great|Very well|Perfect|Right|Okay].
        # any.yes
        Yes, that is [right|correct].
        [That's right|Correct|Exactly|Yes, please|Yes, perfect].
        Yes[.|, all of it is right.|, go ahead.]
        # any.no
        [No, wait|Sorry, no|Not quite|One moment|Actually, no].
        [I made a mistake|Oh, I got that wrong|I need to change something].
        # any.change
        [I changed my mind|Something changed|I have to correct myself].
        [Sorry, I said that wrong|Wait, that was wrong].
        # any.fixed
        [I have changed it|No problem, I changed that|That is corrected|I have put that right].
        # any.thank
        [Thank you|Thanks|Many thanks|Thank you very much][.|, that was all.|, that was quick.|, you have been a great help.]
        [That's great|Wonderful|Perfect], thank you.
        # any.close
        You're welcome. [Goodbye|Have a nice day|Bye]!
        [My pleasure|Any time|Not at all]. [Goodbye|Take care|See you soon]!
        """;

    public const string Domains = """
        # restaurant.open
        I [would like|want] to book a table.
        Can I [book|reserve|get] a table at your restaurant?
        # restaurant.people.ask
        [For how many people|How many of you will there be|How many guests will come]?
        # restaurant.people.tell
        [It is for|We need a table for|It would be for] {people}.
        # restaurant.day.ask
        [For which day|On which day|What day would you like]?
        # restaurant.day.tell
        [It is for|We would like to come on|On] {day}, please.
        # restaurant.time.ask
        [At what time|What time suits you|When would you like to eat]?
        # restaurant.time.tell
        [We will be there|Please book it for|Let's say] {time}.
        # restaurant.confirm
        So that is a table for {people} on {day}, {time}. [Is that right|Correct]?
        I have a table for {people}, {day}, {time}. [Shall I book it|Is that all right]?
        # restaurant.done
        Your table is booked. The number is {reference}.
        It's done. Please remember the number {reference}.
        # restaurant.question
        [How long can we stay|How long will we have the table]?
        # restaurant.answer
        The table is yours for {offer}.
        # train.open
        I need a train ticket.
        [I want to|I would like to] [travel by train|buy a train ticket].
        # train.from.ask
        [Where does your trip start|From which station|Where are you leaving from]?
        # train.from.tell
        [I am leaving|The trip starts|I will go] from {from}.
        # train.to.ask
        [Where do you want to go|Where are you going|What is your destination]?
        # train.to.tell
        [I want to go|I am going|It should take me] to {to}.
        # train.day.ask
        [On which day|When do you want to travel|What day is it for]?
        # train.day.tell
        [I travel on|It is for|On] {day}.
        # train.class.ask
        [First or second class|Which class would you like]?
        # train.class.tell
        [I would like|Please make it|I will take] {class}.
        # train.confirm
        One ticket from {from} to {to} on {day}, {class}. [Is that right|Shall I print it]?
        Let me repeat: from {from} to {to}, {day}, {class}. [Correct|Is that it]?
        # train.done
        Here is your ticket. Its number is {reference}.
        # train.question
        [How long does the journey take|How long is the trip]?
        # train.answer
        It takes {offer}.
        # doctor.open
        I need to see a doctor.
        [Could I|Can I] [make an appointment|get an appointment]?
        # doctor.reason.ask
        [What is the matter|What is it about|What seems to be the problem]?
        # doctor.reason.tell
        [I have|It is about] {reason}.
        # doctor.day.ask
        [Which day would be good|When could you come|On which day]?
        # doctor.day.tell
        [I could come on|Is there something free on|Please, on] {day}.
        # doctor.time.ask
        [At what time|What time is best for you]?
        # doctor.time.tell
        [I would prefer|The best would be|I can make it] {time}.
        # doctor.name.ask
        [What is your name|Under which name|Who is it for]?
        # doctor.name.tell
        [My name is|The name is|It is for] {name}.
        # doctor.confirm
        An appointment for {name} on {day}, {time}, because of {reason}. [Is that right|Correct]?
        I wrote down {name}, {day}, {time}, {reason}. [Is everything right|Yes]?
        # doctor.done
        You have an appointment. Your number is {reference}.
        # doctor.question
        [How long will it take|How much time should I plan]?
        # doctor.answer
        Please plan {offer}.
        # hotel.open
        I am looking for a hotel room.
        [Do you have a room|I would like to book a room] in your hotel?
        # hotel.room.ask
        [What kind of room|Which room would you like]?
        # hotel.room.tell
        [We need|I would like|Please give me] {room}.
        # hotel.nights.ask
        [For how many nights|How long will you stay]?
        # hotel.nights.tell
        [I will stay|It is for|We are here for] {nights}.
        # hotel.day.ask
        [When will you arrive|On which day do you arrive]?
        # hotel.day.tell
        [We arrive on|I get there on|It is from] {day}.
        # hotel.confirm
        So, {room} for {nights}, from {day}. [Is that right|Shall I book it]?
        That makes {nights} in {room}, from {day} on. [Correct|Good]?
        # hotel.done
        The room is yours. Your booking is {reference}.
        # hotel.question
        [Until when can I leave in the morning|How late may we stay on the last day]?
        # hotel.answer
        You can stay for {offer} after breakfast.
        # cinema.open
        I want to see a film.
        [Can I|I would like to] buy cinema tickets.
        # cinema.film.ask
        [Which film|What would you like to see]?
        # cinema.film.tell
        [We want to see|It is for|I chose] {film}.
        # cinema.people.ask
        [How many tickets|How many of you are there]?
        # cinema.people.tell
        [Tickets for|We are|It is for] {people}, please.
        # cinema.time.ask
        [Which show|At what time]?
        # cinema.time.tell
        [The show|The one|We will come to the one] {time}.
        # cinema.confirm
        Tickets for {people}, {film}, {time}. [Is that right|Shall I print them]?
        You want to see {film} with {people}, {time}. [Correct|Is that it]?
        # cinema.done
        Here you are. The code at the door is {reference}.
        # cinema.question
        [How long is the film|How long does it last]?
        # cinema.answer
        It lasts {offer}.
        # library.open
        I would like to borrow a book.
        [Can you|Could you] help me find a book?
        # library.book.ask
        [Which book are you looking for|What is the title]?
        # library.book.tell
        [I am looking for|The title is|It is called] {book}.
        # library.name.ask
        [What is your name|Under which name is your card]?
        # library.name.tell
        [My name is|The card is under|I am] {name}.
        # library.weeks.ask
        [For how long|How long do you want to keep it]?
        # library.weeks.tell
        [I need it for|I will bring it back after|Please lend it to me for] {weeks}.
        # library.confirm
        I lend {book} to {name} for {weeks}. [Is that right|Correct]?
        So {name} takes {book} for {weeks}. [Yes|Is that all right]?
        # library.done
        Here is the book. The loan has the number {reference}.
        # library.question
        [How much longer could I keep it|By how long can I extend that]?
        # library.answer
        You can extend it by {offer}.
        # parcel.open
        I want to send a parcel.
        [Can you pick up a parcel|Could somebody fetch a parcel]?
        # parcel.size.ask
        [How big is it|What size does it have]?
        # parcel.size.tell
        [It is|The parcel is|I would call it] {size}.
        # parcel.to.ask
        [Where does it go|To which city]?
        # parcel.to.tell
        [It goes|It should go|Please send it] to {to}.
        # parcel.day.ask
        [When should we fetch it|On which day can we come]?
        # parcel.day.tell
        [Please come on|I am at home on|You can fetch it on] {day}.
        # parcel.confirm
        A parcel, {size}, to {to}, fetched on {day}. [Is that right|Correct]?
        We come on {day} and bring it to {to}. It is {size}. [Right|Is that so]?
        # parcel.done
        We will come. Your parcel has the number {reference}.
        # parcel.question
        [How long will it be on its way|How long does it take]?
        # parcel.answer
        It will be there after {offer}.
        # taxi.open
        I need a taxi.
        [Can you send me a car|Could I get a taxi]?
        # taxi.from.ask
        [Where should we pick you up|Where are you]?
        # taxi.from.tell
        [Please pick me up at|I am at|Come to] {from}.
        # taxi.to.ask
        [Where would you like to go|Where to]?
        # taxi.to.tell
        [I need to get to|Take me to|I am going to] {to}.
        # taxi.time.ask
        [When do you need it|At what time]?
        # taxi.time.tell
        [Please be there|I need it|Let's say] {time}.
        # taxi.people.ask
        [How many people will ride|For how many people]?
        # taxi.people.tell
        [It is for|There are|A car for] {people}.
        # taxi.confirm
        A taxi for {people}, {time}, at {from}, going to {to}. [Is that right|Correct]?
        From {from} to {to}, {time}, {people}. [Right|Did I get that right]?
        # taxi.done
        The taxi is ordered. Its number is {reference}.
        # taxi.question
        [How long will the ride be|How long does it take]?
        # taxi.answer
        The ride takes {offer}.
        """;
}
