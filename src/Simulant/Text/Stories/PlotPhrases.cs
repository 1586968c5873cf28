namespace Simulant.Text.Stories;

/// <summary>
/// What each plot says beside the common phrases. A list <c>name.say</c> is speech, <c>name.tell</c> the same without quotation marks;
/// <c>name.hint</c> and <c>name.payoff</c> belong together line by line.
/// </summary>
internal static class PlotPhrases
{
    public const string First = """
        # lost.hint
        The bag that {A} had was old, and there was a hole in it.
        The wind was getting stronger [by the hour|all the time].
        {M} said that {A} should hold {X} tight.
        {A} was looking at the birds and not at {X}.
        # lost.payoff
        It was the hole in the bag.
        It was the wind that took it.
        {A} had not held it tight, as {M} had said.
        {A} had looked at the birds for too long.
        # lost.search
        {A} looked [behind every tree|under every stone|in every corner], but it was not there.
        {A} looked [left and right|up and down|high and low]. [It was not there.|There was nothing.]
        {A} went back the same way, step by step, but saw nothing.
        {A} asked a [man|woman|boy|girl] on the way, but nobody had seen it.
        # lost.ask.say
        "Have you seen {X}?" {A} asked. "[No|Not yet], but I will help you look," said {B}.
        "I lost {X}," {A} said. "Don't cry," said {B}. "We will look together."
        {B} asked, "What is wrong?" "I cannot find {X}," {A} said.
        # lost.ask.tell
        {A} told {B} what was wrong. {B} wanted to help.
        {B} saw that {A} was not well and asked to help.
        {A} asked {B} for help, and {B} did not wait.
        # lost.twist
        {B} had a secret. {B} had kept {X} safe all the time, to surprise {A}.
        But it was not lost at all! {B} had seen it first and kept it safe for {A}.
        # lost.moral
        [good friends help each other look|a friend is worth more than a toy]
        [you should take care of your things|what you love you should hold tight]
        # lost.bad
        They looked until it was dark, but {X} was never seen again.
        {A} looked every day for a week, but {X} was never seen again.
        # share.want.say
        "Can I play with {X}?" {B} asked. "No, it is mine!" said {A}.
        "That is so nice! May I try it?" asked {B}. "Go away, it is only for me," {A} said.
        # share.want.tell
        {B} asked to play with {X}, but {A} said no.
        {B} wanted to try {X}, but {A} did not want to share.
        # share.alone
        {A} played alone, but it was [no fun|not much fun|boring].
        {A} [turned around|sat down] and played alone. Something was missing.
        {A} looked at {B}, who sat on the ground and drew lines in the sand.
        # share.hint
        {M} often said that a game is better with two.
        Last week, {B} had shared lunch with {A}.
        That morning, {A} had seen two birds share one worm.
        # share.payoff
        {A} thought of what {M} had said. A game is better with two.
        {A} thought of the lunch that {B} had shared.
        {A} thought of the two birds and the worm.
        # share.turn
        {A} did not feel good about it. {A} wanted to make it right.
        Then {A} had a better idea.
        {A} took a deep breath and walked over to {B}.
        # share.sorry.say
        "I am sorry," {A} said. "Let's share." "Thank you!" said {B}.
        "Do you want to play too?" asked {A}. "Yes, please!" said {B}.
        # share.sorry.tell
        {A} said sorry and wanted to share. {B} said thank you.
        {A} asked {B} to play too, and {B} said yes.
        # share.twist
        Then {B} opened a bag. {B} had brought a cake to share with {A} all along!
        Then {B} smiled. {B} had made a card for {A} that morning, and now {A} could have it.
        # share.bad
        {B} [turned away|got up] and left, and did not come back that day.
        {B} found other friends to play with and did not look back.
        # share.moral
        [sharing makes everything more fun|it is better to share than to play alone]
        [a thing is nothing without a friend|to share is to be happy]
        # help.trouble
        {B} was stuck in the mud and could not get out.
        {B} had hurt one foot and could not walk.
        {B} had fallen into a deep hole.
        {B} was high up and did not know how to get down.
        {B} could not find the way home.
        # help.try
        {A} pulled and pulled, but the mud was too thick.
        {A} tried to carry {B}, but {B} was too heavy.
        {A} held out a hand, but the hole was too deep.
        {A} jumped to reach {B}, but it was too high.
        {A} looked for a sign, but there was none.
        # help.solve
        {A} put a long board over the mud, and {B} climbed out.
        {A} found a strong stick for {B} to lean on, and {B} could walk again.
        {A} found a long rope and pulled {B} out of the hole.
        {A} found a tall ladder, and {B} climbed down step by step.
        {A} climbed a tree, saw the way home, and showed it to {B}.
        # help.hint
        {M} always said that good things come back to you.
        {A} had read in a book that you should always stop to help.
        The day before, someone had helped {A} too.
        # help.payoff
        {M} was right. Good things come back to you.
        It was just like in the book.
        Now {A} had helped someone too.
        # help.call.say
        "Help! Please help me!" {B} called. "I am coming!" said {A}.
        "Can you help me?" asked {B}. "I will try," said {A}.
        # help.call.tell
        {B} called for help, and {A} heard it.
        {B} asked for help. {A} did not think twice.
        # help.twist
        Then {B} told {A} a secret. {B} had been on the way to {A} all along, to bring {A} a present!
        And who was {B}? {B} was the child of a [king|queen], and nobody had known.
        # help.bad
        {A} tried again and again, but nothing worked. At night, {A} had to leave {B} there.
        {A} was too slow, and nobody else came. {B} had to stay there all night.
        # help.moral
        [kindness comes back to you|it is good to help others]
        [never give up when a friend needs you|a small hand can be a big help]
        """;

    public const string Second = """
        # brave.fear
        {A} was afraid of the dark.
        {A} was afraid of deep water.
        {A} was afraid of high places.
        {A} was afraid of loud noises.
        # brave.block
        It was dark there, and {A} could not see a thing.
        To reach it, {A} had to go through the water.
        To reach it, {A} had to climb up high.
        Something there made a loud noise, like thunder.
        # brave.over
        {A} lit a small lamp and went on, one step at a time.
        {A} put one foot into the water, and then the other. It was not so deep.
        {A} climbed up and did not look down once.
        {A} sang a song so that the noise seemed small.
        # brave.twist
        And the dark? It was only the shadow of a big tree!
        And the deep water? It only came up to the knees!
        And the high place? It was no higher than a chair!
        And the loud noise? It was only a cat with a tin can!
        # brave.first
        {A} took one step and ran back.
        {A} wanted to go, but both legs shook.
        The first time, {A} turned around and came back.
        # brave.hint
        {M} once said that being brave means going on when you are scared.
        There was a song that always made {A} feel strong.
        In {A}'s dream, a small bird had flown through a storm.
        # brave.payoff
        {A} thought of what {M} had said about being brave.
        {A} thought of the song and felt strong.
        {A} thought of the small bird in the storm.
        # brave.ask.say
        "{X.The} is still there. Can you get it?" asked {B}. "I am scared, but I will go," said {A}.
        "You can do it!" said {B}. "I hope so," said {A}.
        # brave.ask.tell
        {B} asked {A} to get {X}. {A} said yes in a small voice.
        {B} knew that {A} could do it and told {A} so.
        # brave.bad
        {A} tried once more, but the fear was too big. {X.The} stayed where it was.
        {A} could not do it that day. {X.The} stayed where it was.
        # brave.moral
        [being brave means trying even when you are scared|fear gets smaller when you look at it]
        [you are stronger than you think|one step at a time is enough]
        # gift.want
        It was {B}'s birthday, and {A} wanted to find a present.
        {B} had been sick, and {A} wanted to bring {B.him} something nice.
        {A} wanted to thank {B} with a gift.
        # gift.think
        {A} looked at many things, but none was right.
        {A} thought long and hard. What would {B} like?
        One thing was too big, and one thing was too small.
        # gift.block
        On the way, it began to rain [hard|a lot].
        On the way, a big dog stood in the road.
        On the way, the bridge was closed.
        # gift.over
        {A} hid {X} under a big leaf and waited until the rain stopped.
        {A} stood still and spoke in a soft voice until the dog went away.
        {A} went the long way around and did not give up.
        # gift.hint
        {B} had been asking {A} many questions that week.
        {B} was hiding something behind a door.
        {B} had asked {M} what {A} liked best.
        # gift.payoff
        So that was why {B} had asked so many questions!
        So that was what {B} was hiding behind the door!
        So that was why {B} had asked {M}!
        # gift.here.say
        "This is for you," {A} said. "For me? Oh, thank you!" said {B}.
        "Close your eyes!" said {A}. "Now open them!" "I love it!" said {B}.
        # gift.here.tell
        {B} could not believe it and said thank you three times.
        {B} hugged {A} and did not let go for a long time.
        # gift.twist
        Then {B} laughed and ran inside. {B} had bought the very same thing for {A}!
        Then {B} laughed. {B} had a present for {A} too, in the very same box!
        # gift.bad
        {A} came to {B} with empty hands.
        {A} had nothing to give, and {A} sat down and cried.
        # gift.empty.say
        "I had a present for you, but it is gone," {A} said. "I am sorry," said {B}.
        "I have nothing for you," said {A}. {B} looked away. "I see," {B} said.
        # gift.empty.tell
        {A} told {B} what was lost, and {B} looked away.
        {A} said sorry, but {B} did not know what to say.
        # gift.moral
        [the best gifts come from the heart|giving is as nice as getting]
        [it is the thought that counts|a gift is a way to say I like you]
        # broken.borrow.say
        "May I take {X} for a day?" asked {A}. "Yes, but be careful," said {B}.
        "I need {X} just for today," {A} said. "Please bring it back," said {B}.
        # broken.borrow.tell
        {A} asked {B} for {X}, just for one day. {B} said yes.
        {B} let {A} take it, but only for one day.
        # broken.crack
        [Then|Crack!] {A} fell, and {X} broke.
        {A} was not careful. There was a loud sound, and {X} broke.
        # broken.hide
        {A} wanted to hide it and say nothing.
        {A} thought about a lie, but a lie felt wrong.
        {A} wanted to run away.
        # broken.hint
        {X.The} had a thin crack in it, but {A} did not see it.
        {M} said that true words are always best.
        The floor was wet that day.
        # broken.payoff
        It was the thin crack that {A} had not seen.
        {A} thought of what {M} had said about true words.
        It was the wet floor.
        # broken.truth.say
        "I broke it. I am so sorry," {A} said. "Thank you for telling me the truth," said {B}.
        "It was my fault," said {A}. "We can fix it," said {B}.
        # broken.truth.tell
        {A} told {B} the truth. {B} was quiet for a moment and then took {A}'s hand.
        {A} said sorry and told {B} everything.
        # broken.fix
        {A} and {B} fixed {X} with [glue|string|tape]. It looked almost new.
        Together, {A} and {B} fixed {X}. It took all afternoon.
        # broken.twist
        But look! There was a gold coin inside {X}. Nobody had known about it!
        But look! Inside {X} was a letter from {B}'s [grandmother|grandfather]. {B} had looked for it for years!
        # broken.bad
        {A} told a lie, but {B} saw the broken parts. {B} did not want to play with {A} any more.
        {A} said that a dog did it, but {B} knew that it was a lie. {B} went away and did not say goodbye.
        # broken.moral
        [it is best to tell the truth|the truth is always the better way]
        [a lie makes things worse|you can fix almost anything with true words]
        """;
}
