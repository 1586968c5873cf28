namespace Simulant.Text.Stories;

/// <summary>
/// What all plots say, list by list. <c>{A}</c> and <c>{B}</c> are characters, <c>{X}</c> the thing, <c>{P}</c> the place at hand,
/// <c>{M}</c> the grown-up, <c>{w}</c> a word the story must hold. A sentence that changes who is where, who has what or how
/// somebody feels names its people, so that it can be read back.
/// </summary>
internal static class StoryPhrases
{
    public const string Frame = """
        # open
        {A} was {A.kind} who lived [near|close to|not far from|next to] {P}.
        [There once was|Once there was|A long time ago there was] {A.kind} [named|called] {A}.
        Near {P} lived {A.kind} named {A}.
        Everyone [in town|in the village|at school] knew {A}, {A.kind}.
        [Have you heard of|Did you ever meet|Do you know] {A}? {A} was {A.kind}.
        [Let me tell you about|Listen to a story about|I want to tell you about] {A}, {A.kind}.
        [This is the story of|Here is a story about|This book is about] {A}, {A.kind}.
        {A} [woke up|got up|opened both eyes] early that day. {A} was {A.kind}.
        [Once upon a time|One day|Many years ago], there was {A.kind} named {A}.
        {A} could not [sit|stay] still. {A} was {A.kind}, and the day was {weather}.
        [Not long ago|Some years ago|Last summer], {A.kind} named {A} lived in a [small|little|white|yellow|blue] house.
        [Nobody|No one] was like {A}. {A} was {A.kind}.
        {A} [looked|peeked] out of the window. {A} was {A.kind}, and it was a {weather} day.
        [Long ago and far away|Far away from here|In a small land], {A.kind} named {A} lived [by a bridge|on a hill|near the sea].
        [After|Before] breakfast, {A} [sat|waited|stood] by the door. {A} was {A.kind}.
        In a [small|little|quiet|busy] [town|village] lived {A}, {A.kind}.
        Who was {A}? {A} was {A.kind} and loved a {weather} day.
        What a {weather} [day|morning] it was for {A}, {A.kind}!
        # weather
        It was a {weather} [day|morning|afternoon].
        The [day|morning|afternoon] was {weather}.
        That [day|morning] was {weather}, and the air smelled [fresh|sweet|good].
        # weather.open
        It was a {weather} [day|morning|afternoon|week].
        One {weather} [day|morning|afternoon], a story began.
        The [day|morning|afternoon] was {weather} [and still|and long|from the start].
        What a {weather} [day|morning|afternoon] it was!
        A {weather} [day|morning|afternoon] can bring a surprise.
        # friend
        {A} had a friend named {B}. {B} was {B.kind}.
        {A}'s [best|good|dear] friend was {B}, {B.kind}.
        {A} often played with {B}, {B.kind}.
        {B} lived [next door|near by|down the road]. {B} was {B.kind}.
        # stranger
        {B} was {B.kind}, and {B.he} was [new|all alone] in town.
        {B} was {B.kind}. {A} did not know {B.him} yet.
        # adult
        {M} [smiled|waved] at {A} [that day|first].
        {M} told {A} to [be good|be careful|have fun|come home for dinner].
        {M} gave {A} a [kiss|hug] before the day began.
        # scenery
        {A} looked [up|around] and saw the {w}.
        {A} stopped to look at the {w}.
        The {w} was near, and {A} looked at it for a while.
        # snack
        {A} ate {w.a} [first|for lunch|before the next thing].
        {A} was hungry, so {A.he} ate {w.a}.
        For lunch, {A} had {w.a} [and some milk|and some water|and some tea].
        # creature
        {w.a} [watched|looked at] {A} from [far away|behind a wall|a safe place].
        {A} saw {w.a} and waved [at it|to say hello].
        {w.a} came by, and {A} [stood still|kept quiet].
        # word.play
        {A} liked to {w} [every day|in the morning|after lunch|for fun].
        {A} wanted to {w} [all day|for a while], and so {A.he} {w.past}.
        {A} {w.past} [for a while|for a moment|a little].
        When {A} had time, {A.he} {w.past} [a lot|for fun].
        # word.move
        {A} {w.past} [around|about] [for a while|for a moment].
        {A} [liked|loved] to {w} [here and there|in the open].
        {A} {w.past} a little, just [for fun|to look around].
        # word.voice
        {A} {w.past} [for a moment|a little|without a reason].
        {A} began to {w}.
        It was so still that {A} {w.past}.
        # word.handle
        {A} {w.past} {X} [with care|with both hands|for a moment|again and again].
        First, {A} {w.past} {X}. Then {A.he} [looked at it|smiled at it].
        # word.mind
        {A} {w.past} about {X} [all day|for a long time|at night].
        {A} {w.past} about {X}, and about many other things.
        # place.more
        {A} knew {P} [well|very well] and liked to be there.
        {A} thought of {P}, where {A.he} had played [before|many times].
        # quarrel
        {A} and {B} [had a fight|began to fight|began to argue]. [Both were loud.|It was not nice.|They did not listen.]
        {B} was [mad at|rude to] {A}, and {A} was rude to {B}. They had a fight.
        # quarrel.say
        "You [never|do not] listen to me!" {A} said. "No, you never listen!" {B} said. They had a fight.
        "It was your fault!" {B} said. "No, it was yours!" said {A}. They had a fight.
        # makeup
        After some time, {A} and {B} [made up|stopped the fight|were friends again].
        Then {A} and {B} said sorry [to each other|and shook hands].
        # end
        They [played|talked|sat together] until the sun went down.
        It was a day that {A} [would always remember|never forgot].
        That night, {A} slept well.
        From then on, {A} and {B} [were the best of friends|did everything together|met every day].
        And that was the end of a [long|big|good] day.
        # end.bad
        That night, {A} could not sleep.
        It was the end of a [long|bad|hard] day.
        {A} looked at the floor and [said nothing|did not speak].
        There was nothing more to do.
        # moral.frame
        {A} learned that {moral}.
        {A} never forgot this: {moral}.
        The moral is that {moral}.
        So remember: {moral}.
        """;

    public const string Acts = """
        # go
        {A} went to {P}.
        {A} [walked|ran|hurried|skipped] to {P}.
        [Then|Soon|After that|Later], {A} [went|walked|ran] to {P}.
        {A} took the [short|long] [road|way] and went to {P}.
        # go.both
        {A} and {B} [went|walked|ran|hurried] to {P}.
        [Then|Soon|After that], {A} and {B} [went|walked] to {P} [side by side|together].
        # go.home
        {A} went home.
        {A} [walked|ran|hurried] home [again|alone].
        # go.home.both
        {A} and {B} [went|walked|ran] home.
        # meet
        {A} met {B} {P.in}.
        There, {A} met {B} {P.in}.
        {A} was glad when {A.he} met {B} {P.in}.
        # own
        {A} had {X.a}.
        {A} had {X.a} and [liked|loved] it [a lot|very much].
        {A} had {X.a}. It was [a gift|a present] from a friend.
        # own.other
        {A} had {Y.a} in [one hand|a bag].
        # wait.place
        {X.a} lay {P.in}.
        # take
        {A} picked up {X}.
        {A} took {X} [with both hands|with care|and held it tight].
        [Quickly|Carefully|At once], {A} picked up {X}.
        # find
        {A} found {X} [under a bush|behind a big rock|in the tall grass|next to a tree|on the ground].
        At last, {A} found {X}!
        There it was! {A} found {X} [between two stones|near a wall|under a bench].
        # give
        {A} gave {X} to {B}.
        {A} handed {X} to {B}.
        [With a smile|Then|At last], {A} gave {X} to {B}.
        {A} held out both hands. {A} gave {X} to {B}.
        # lose
        {A} lost {X} {P.in}.
        [Oh no!|But then,] {A} lost {X} {P.in}.
        {A} [played|ran] too [hard|fast] and lost {X} {P.in}.
        # feel
        {A} was {feel}.
        {A} felt {feel}.
        {A} was [very|so] {feel}.
        {A} felt [very|so] {feel} [now|then].
        # feel.both
        {A} and {B} were {feel}.
        {A} and {B} felt [very|so] {feel}.
        # vanish
        A [big|strong|fast] [wave|wind] took {X} away. {X.The} was gone for good.
        {X.The} fell into the deep water. {X.The} was gone for good.
        {X.The} fell down a deep hole. {X.The} was gone for good.
        """;
}
