namespace Simulant.Text.Stories;

/// <summary>One sentence about each plot and its end, for the record beside the story; these are not held to the vocabulary.</summary>
internal static class Summaries
{
    public const string All = """
        # lost.sum.good
        {A} loses {X} and gets it back with the help of {B}.
        # lost.sum.twist
        {A} loses {X} and finds out that {B} has kept it safe.
        # lost.sum.bad
        {A} loses {X}, and nobody finds it again.
        # share.sum.good
        {A} does not want to share {X} at first, then shares it with {B}.
        # share.sum.twist
        {A} refuses to share {X}, then does, and {B} has a surprise in return.
        # share.sum.bad
        {A} refuses to share {X} and loses {B}'s company.
        # help.sum.good
        {A} finds {B} in trouble, helps, and is given {X}.
        # help.sum.twist
        {A} helps {B} out of trouble, and {B} turns out to hold a secret.
        # help.sum.bad
        {A} tries to help {B} out of trouble and fails.
        # brave.sum.good
        {A} overcomes a fear to fetch {X} for {B}.
        # brave.sum.twist
        {A} overcomes a fear to fetch {X} for {B}, and the danger was none.
        # brave.sum.bad
        {A} cannot overcome a fear to fetch {X} for {B}.
        # gift.sum.good
        {A} looks for a present for {B} and gives {B.him} {X}.
        # gift.sum.twist
        {A} gives {B} {X}, and {B} has the same present.
        # gift.sum.bad
        {A} finds {X} as a present for {B} and loses it on the way.
        # broken.sum.good
        {A} breaks {X}, which is {B}'s, tells the truth, and they mend it.
        # broken.sum.twist
        {A} breaks {X}, which is {B}'s, and something is found inside.
        # broken.sum.bad
        {A} breaks {X}, which is {B}'s, and lies about it.
        # race.sum.good
        {A} trains for a race, loses at first, and wins {X}.
        # race.sum.twist
        {A} gives up a race to help {B} and is given {X} for it.
        # race.sum.bad
        {A} cheats in a race for {X} and is found out.
        # swap.sum.good
        {A} wants {X}, which is {B}'s, and trades {Y} for it.
        # swap.sum.twist
        {A} trades {Y} for {X}, and {B} had meant it as a gift.
        # swap.sum.bad
        {A} finds {Y} to trade for {X}, but {B} no longer wants to.
        # trick.sum.good
        {B} takes {X} from {A} by a trick, and {A} gets it back by another.
        # trick.sum.twist
        {B} takes {X} from {A} by a trick, and brings it back to make a friend.
        # trick.sum.bad
        {B} takes {X} from {A} by a trick and gets away.
        # quest.sum.good
        {A} and {B} look for {X}, get past an obstacle, and find it.
        # quest.sum.twist
        {A} and {B} look for {X} far away, and it was at home.
        # quest.sum.bad
        {A} and {B} look for {X} and do not find it.
        # new.sum.good
        {A} is alone, meets {B}, and they become friends.
        # new.sum.twist
        {A} is alone and finds out that {B} was too shy to come.
        # new.sum.bad
        {A} is alone, meets {B}, and has to part from {B.him}.
        """;
}
