namespace Simulant.Text.Stories;

/// <summary>
/// The plots: somebody wants something, something is in the way, they try, and it ends. Each is told in the words of its phrase lists
/// through a <see cref="Teller"/>, which holds the world together.
/// </summary>
internal static partial class StoryPlots
{
    private static readonly (string Name, Action<Teller> Tell)[] All =
    [
        ("lost", Lost), ("share", Share), ("help", Help), ("brave", Brave), ("gift", Gift), ("broken", Broken), ("race", Race),
        ("swap", Swap), ("trick", Trick), ("quest", Quest), ("new", New),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(p => p.Name)];

    /// <summary>Whether a plot can show these features together: some hints point to a twist or to a good end only.</summary>
    public static bool Allows(string plot, StoryFeatures features)
    {
        bool twist = features.HasFlag(StoryFeatures.Twist), bad = features.HasFlag(StoryFeatures.BadEnding);
        if (twist && bad) return false;
        if (!features.HasFlag(StoryFeatures.Foreshadowing)) return true;
        return plot switch
        {
            "gift" or "race" or "quest" => twist,
            "share" or "help" or "brave" => !bad,
            _ => true,
        };
    }

    /// <summary>What a plot cannot do without.</summary>
    public static StoryFeatures Always(string plot) => plot is "share" or "trick" ? StoryFeatures.Conflict : StoryFeatures.None;

    public static void Tell(Teller t) => All.First(p => p.Name == t.Cast.Plot).Tell(t);

    private static void Lost(Teller t)
    {
        var (hero, friend, item, place) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item, t.Cast.Place);
        t.Own(hero, item);
        t.VerbOf(hero, item);
        t.Hint();
        t.Go(hero, place);
        t.Lose(hero, item);
        t.Payoff();
        t.Feel(hero, good: false);
        t.Paragraph();
        t.Say("lost.search");
        t.Meet();
        t.Quarrel();
        t.Talk("lost.ask");
        if (Bad(t))
        {
            item.Place = null;
            t.Say("lost.bad");
            EndBad(t);
            return;
        }
        if (t.Shows(StoryFeatures.Twist))
        {
            (item.Holder, item.Place) = (friend, null);
            t.Say("lost.twist");
        }
        else
        {
            t.Take(friend, item, search: true);
        }
        t.Paragraph();
        t.Give(friend, hero, item);
        EndGood(t);
    }

    private static void Share(Teller t)
    {
        var (hero, friend, item) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item);
        t.Own(hero, item);
        t.VerbOf(hero, item);
        t.Hint();
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Talk("share.want");
        t.Feel(friend, good: false);
        t.Paragraph();
        t.Say("share.alone");
        t.Feel(hero, good: false);
        if (Bad(t))
        {
            t.Say("share.bad");
            EndBad(t);
            return;
        }
        t.Payoff();
        t.Say("share.turn");
        t.Talk("share.sorry");
        t.Give(hero, friend, item);
        if (t.Shows(StoryFeatures.Twist)) t.Say("share.twist");
        EndGood(t);
    }

    private static void Help(Teller t)
    {
        var (hero, friend, item) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item);
        t.Hint();
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Own(friend, item);
        t.VerbOf(friend, item);
        t.Quarrel();
        int trouble = t.Line("help.trouble");
        t.Paragraph();
        t.SayLine("help.trouble", trouble);
        t.Talk("help.call");
        t.SayLine("help.try", trouble);
        t.Feel(hero, good: false);
        if (Bad(t))
        {
            t.Say("help.bad");
            EndBad(t);
            return;
        }
        t.SayLine("help.solve", trouble);
        t.Paragraph();
        t.Give(friend, hero, item);
        t.Payoff();
        if (t.Shows(StoryFeatures.Twist)) t.Say("help.twist");
        EndGood(t);
    }

    private static void Brave(Teller t)
    {
        var (hero, friend, item) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item);
        int fear = t.Line("brave.fear");
        t.SayLine("brave.fear", fear);
        t.Hint();
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Own(friend, item);
        t.VerbOf(friend, item);
        t.Lose(friend, item);
        t.Quarrel();
        t.Paragraph();
        t.SayLine("brave.block", fear);
        t.Talk("brave.ask");
        t.Say("brave.first");
        t.Feel(hero, good: false);
        if (Bad(t))
        {
            t.Say("brave.bad");
            EndBad(t);
            return;
        }
        t.Payoff();
        t.SayLine("brave.over", fear);
        if (t.Shows(StoryFeatures.Twist)) t.SayLine("brave.twist", fear);
        t.Take(hero, item);
        t.Give(hero, friend, item);
        EndGood(t);
    }

    private static void Gift(Teller t)
    {
        var (hero, friend, item) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item);
        t.Say("gift.want");
        t.Hint();
        t.Go(hero, t.Cast.Place);
        t.Say("gift.think");
        t.Lies(item, t.Cast.Place, told: true);
        t.Take(hero, item);
        t.VerbOf(hero, item);
        t.Paragraph();
        int block = t.Line("gift.block");
        t.SayLine("gift.block", block);
        t.Feel(hero, good: false);
        if (Bad(t))
        {
            t.Vanish(item);
            t.Go(hero, t.Cast.Far);
            t.Meet();
            t.Quarrel();
            t.Say("gift.bad");
            t.Talk("gift.empty");
            EndBad(t);
            return;
        }
        t.SayLine("gift.over", block);
        t.Go(hero, t.Cast.Far);
        t.Meet();
        t.Quarrel();
        t.Give(hero, friend, item);
        t.Talk("gift.here");
        if (t.Shows(StoryFeatures.Twist)) t.Say("gift.twist");
        t.Payoff();
        EndGood(t);
    }

    private static void Broken(Teller t)
    {
        var (hero, friend, item) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item);
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Own(friend, item);
        t.Talk("broken.borrow");
        t.Give(friend, hero, item);
        t.VerbOf(hero, item);
        t.Hint();
        t.Paragraph();
        t.Say("broken.crack");
        t.Payoff();
        t.Feel(hero, good: false);
        t.Say("broken.hide");
        t.Quarrel();
        if (Bad(t))
        {
            t.Say("broken.bad");
            EndBad(t);
            return;
        }
        t.Talk("broken.truth");
        t.Say("broken.fix");
        if (t.Shows(StoryFeatures.Twist)) t.Say("broken.twist");
        t.Give(hero, friend, item);
        EndGood(t);
    }

    private static bool Bad(Teller t) => t.Shows(StoryFeatures.BadEnding);

    private static void EndGood(Teller t)
    {
        if (t.Cast.Plot is not ("share" or "trick")) t.MakeUp();
        if (t.Chance(.5)) t.FeelBoth(good: true);
        else t.Feel(t.Cast.Hero, good: true);
        if (t.Chance(.6)) t.Say("end");
        Moral(t);
    }

    private static void EndBad(Teller t)
    {
        t.Feel(t.Cast.Hero, good: false);
        if (t.Chance(.6)) t.Say("end.bad");
        Moral(t);
    }

    private static void Moral(Teller t)
    {
        if (!t.Shows(StoryFeatures.Moral)) return;
        t.Paragraph();
        t.Say("moral.frame");
    }
}
