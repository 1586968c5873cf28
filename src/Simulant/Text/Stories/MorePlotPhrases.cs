namespace Simulant.Text.Stories;

/// <inheritdoc cref="PlotPhrases"/>
internal static class MorePlotPhrases
{
    public const string Third = """
        # race.plan
        There was a big race that day, and {X.a} was the prize.
        {M} [planned|made] a race for everyone. The prize was {X.a}.
        # race.train
        {A} got up early to train and ran until both legs hurt.
        {A} wanted to win and ran up and down the road.
        {A} ran every morning, even in the rain.
        # race.first
        In the first run, {A} fell and came last.
        In the first run, {B} was much faster.
        In the first run, {A} was too slow. {B} laughed a little.
        # race.win
        In the last run, {A} was as fast as the wind and came first!
        In the last run, {A} did not look left or right and won!
        # race.ready.say
        "Ready? Go!" {M} called. "I will do my best!" said {A}.
        "Good luck!" said {B}. "Good luck to you too!" said {A}.
        # race.ready.tell
        {M} counted to three, and they all ran.
        {A} and {B} shook hands, and then they ran.
        # race.hint
        {B}'s shoe was not tied well.
        There was a big stone in the road.
        {M} said that to win is not everything.
        # race.payoff
        It was the shoe that was not tied well.
        It was the big stone in the road.
        {M} had said that to win is not everything.
        # race.twist
        In the last run, {B} fell. {A} stopped to help and came last. But the prize was for the kindest, not for the fastest!
        In the last run, {B} was hurt. {A} turned back to help. But the prize was for the best heart, and that was {A}!
        # race.bad
        In the last run, {A} took a short cut to win, but everyone saw it.
        In the last run, {A} pushed {B} to get past, and everyone saw it.
        # race.moral
        [hard work pays off|trying again is how you win]
        [how you play is more than who wins|it is better to be fair than to be first]
        # swap.want
        {A} [liked|wanted] {X} so much, but it was {B}'s.
        {A} saw {X} and could not think of anything else.
        # swap.ask.say
        "Can I have {X}?" asked {A}. "Only if you bring me {Y.a}," said {B}.
        "What do you want for {X}?" {A} asked. "I need {Y.a}," said {B}.
        # swap.ask.tell
        {B} was ready to trade {X} for {Y.a}.
        {B} wanted {Y.a}, and then {A} could have {X}.
        # swap.look
        {A} looked [here and there|all around] and asked everyone.
        {A} did not know where to look, but {A} did not give up.
        {A} looked in one place after the other.
        # swap.hint
        {M} had seen something on the ground not far away.
        The day before, {A} had seen something small on the ground.
        # swap.payoff
        It was what {M} had seen.
        It was the small thing from the day before.
        # swap.deal.say
        "Here you are," {A} said. "A deal is a deal!" said {B}.
        "I found it!" {A} called. "You did it!" said {B}.
        # swap.deal.tell
        It was a good trade, and they shook hands.
        {B} looked at it and said that it was a good trade.
        # swap.twist
        Then {B} told the truth. {B} had wanted to give {X} to {A} from the start, as a birthday present!
        Then {B} laughed. It was only a game, and {B} had put the other thing there for {A} to find!
        # swap.bad
        But {B} had gone away, and there was nobody to trade with.
        But it was too late. {B} did not want to trade any more.
        # swap.moral
        [a fair trade makes two friends happy|it is good to ask and not to take]
        [good things take time|if you want something, you have to work for it]
        # trick.talk.say
        "Look behind you!" {B} said. "Where? I see nothing," said {A}.
        "I bet I can make {X} fly," said {B}. "Really? Show me!" said {A}.
        # trick.talk.tell
        {B} told {A} to look the other way.
        {B} said that there was something big behind {A}.
        # trick.steal
        {A} turned around. {B} took {X} and laughed.
        When {A} did not look, {B} took {X} and hid it.
        # trick.plan
        {A} thought hard and made a plan.
        {A} sat down to think. There had to be a way.
        {A} had an idea.
        # trick.win
        {A} [played a song|told a story] that was so good that {B} came near and put {X} down. {A} picked up {X}.
        {A} said that there was a bigger treasure under a stone. {B} put {X} down and ran to look. {A} picked up {X}.
        # trick.hint
        {B} had a strange smile [that day|all the time].
        {B} often looked at {X} from far away.
        {M} had told {A} to look out for {B}.
        # trick.payoff
        So that was why {B} had smiled like that.
        So that was why {B} had looked at {X}.
        {M} had been right about {B}.
        # trick.twist
        The next moment, {B} came back with a red face. {B} was only lonely and wanted to play.
        But {B} did not run far. {B} came back, for all {B.he} wanted was a friend.
        # trick.bad
        {B} ran away with {X} and never came back.
        {A} ran after {B}, but {B} was much too fast and got away with {X}.
        # trick.moral
        [you should think before you trust|being clever is better than being strong]
        [a trick can cost you a friend|some who do wrong only need a friend]
        # quest.tale
        {M} told a story about {X.a} that was hidden {Q.in}.
        There was an old map. It showed that {X.a} was hidden {Q.in}.
        # quest.plan.say
        "Let's find it!" said {A}. "I am coming with you!" said {B}.
        "Do you think it is true?" asked {B}. "Let's go and see!" {A} said.
        # quest.plan.tell
        {A} and {B} wanted to find it. They put bread and water in a bag.
        {A} and {B} looked at each other. They both wanted to go.
        # quest.block
        A deep river was in the way.
        A tall wall was in the way.
        A thick fog came down, and they could not see the road.
        # quest.over
        They made a small boat out of wood and got over the river.
        They stood on each other's backs and climbed over the wall.
        They held hands and sang so that nobody got lost in the fog.
        # quest.hint
        {M} had smiled [when the story ended|in a strange way].
        {A} had heard a strange sound at home that morning.
        One corner of the old map was missing.
        # quest.payoff
        So that was why {M} had smiled.
        So that was the strange sound at home.
        So that was what the missing corner of the map had said.
        # quest.twist
        But there was only a note. It said: look at home, under your bed!
        But there was only an arrow on the wall, and it pointed back home!
        # quest.bad
        They looked [everywhere|all day], but {X} was not there. The story was only a story.
        They dug and dug, but {X} was not there. Someone had been there first.
        # quest.moral
        [the way there is the best part|two can do what one cannot do alone]
        [what you look for may be close to home|good friends make a long road short]
        # new.alone
        {A} had just moved there and did not have any friends.
        {A} was new there and played alone every day.
        # new.try
        {A} wanted to say hello, but no word came out.
        {A} waved, but {B} did not see it.
        {A} came near, but {B} looked the other way.
        # new.hello.say
        "Hello, my name is {A}. What is yours?" {A} asked. "I am {B}," said {B}. "Do you want to play?"
        "Hi! Can I play with you?" asked {A}. "Yes! I am {B}," said {B}.
        # new.hello.tell
        {A} said hello, and {B} said hello too. They told each other their names.
        {A} asked to play, and {B} said yes at once.
        # new.play
        They played with {X} and [ran around|made up a new game].
        First {A} played with {X}, and then it was {B}'s turn.
        # new.hint
        A pair of eyes had been looking at {A} from a window.
        {M} said that a smile is the best way to start.
        {A} had seen small foot prints near the door.
        # new.payoff
        It was {B} who had looked out of the window.
        {M} was right. A smile is the best way to start.
        The small foot prints near the door were {B}'s.
        # new.twist
        Then {B} told {A} something. {B} had been too shy to say hello for a whole week!
        Then {B} laughed. {B} lived in the very next house, and nobody had told {A}!
        # new.bad
        The next day, {B} was gone. {B} had moved far away.
        But {B} had to leave that very night and could not come back.
        # new.moral
        [a new friend is only one hello away|be the first to say hello]
        [it is never too late to make a friend|a smile opens every door]
        """;
}
