namespace Simulant.Text.Stories;

// The plots of races, trades, tricks, quests and new friends.
internal static partial class StoryPlots
{
    private static void Race(Teller t)
    {
        var (hero, item) = (t.Cast.Hero, t.Cast.Item);
        t.Cast.Adult.Place = t.Cast.Place;
        t.Say("race.plan");
        item.Holder = t.Cast.Adult;
        t.VerbOf(t.Cast.Adult, item);
        t.Say("race.train");
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Hint();
        t.Quarrel();
        t.Paragraph();
        t.Talk("race.ready");
        t.Say("race.first");
        t.Feel(hero, good: false);
        if (Bad(t))
        {
            t.Say("race.bad");
            EndBad(t);
            return;
        }
        t.Say(t.Shows(StoryFeatures.Twist) ? "race.twist" : "race.win");
        t.Payoff();
        t.Give(t.Cast.Adult, hero, item);
        EndGood(t);
    }

    private static void Swap(Teller t)
    {
        var (hero, friend, item, other) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item, t.Cast.Other);
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Own(friend, item);
        t.VerbOf(friend, item);
        t.Say("swap.want");
        t.Talk("swap.ask");
        t.Quarrel();
        t.Hint();
        t.Paragraph();
        t.Say("swap.look");
        t.Feel(hero, good: false);
        t.Go(hero, t.Cast.Far);
        t.Lies(other, t.Cast.Far, told: true);
        t.Take(hero, other);
        t.Payoff();
        t.Go(hero, t.Cast.Place);
        if (Bad(t))
        {
            t.Say("swap.bad");
            EndBad(t);
            return;
        }
        t.Give(hero, friend, other);
        t.Talk("swap.deal");
        t.Give(friend, hero, item);
        if (t.Shows(StoryFeatures.Twist)) t.Say("swap.twist");
        EndGood(t);
    }

    private static void Trick(Teller t)
    {
        var (hero, friend, item) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item);
        t.Own(hero, item);
        t.VerbOf(hero, item);
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Hint();
        t.Talk("trick.talk");
        item.Holder = friend;
        t.Say("trick.steal");
        t.Feel(hero, good: false);
        t.Paragraph();
        t.Payoff();
        if (Bad(t))
        {
            t.Say("trick.bad");
            EndBad(t);
            return;
        }
        if (t.Shows(StoryFeatures.Twist))
        {
            t.Say("trick.twist");
            t.Give(friend, hero, item);
        }
        else
        {
            t.Say("trick.plan");
            item.Holder = hero;
            t.Say("trick.win");
        }
        EndGood(t);
    }

    private static void Quest(Teller t)
    {
        var (hero, item, other) = (t.Cast.Hero, t.Cast.Item, t.Cast.Other);
        t.Lies(item, t.Cast.Far, told: false);
        t.Say("quest.tale");
        if (t.Cast.Verb.Role is WordRole.Handle or WordRole.Mind)
        {
            t.Own(hero, other);
            t.VerbOf(hero, other);
        }
        t.Hint();
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Talk("quest.plan");
        t.Paragraph();
        int block = t.Line("quest.block");
        t.SayLine("quest.block", block);
        t.Feel(hero, good: false);
        t.Quarrel();
        t.SayLine("quest.over", block);
        t.GoBoth(t.Cast.Far);
        if (Bad(t))
        {
            item.Place = null;
            t.Say("quest.bad");
            EndBad(t);
            return;
        }
        if (t.Shows(StoryFeatures.Twist))
        {
            t.Say("quest.twist");
            item.Place = Teller.Home;
            t.Payoff();
            t.GoBoth(Teller.Home);
            t.Take(hero, item);
        }
        else
        {
            t.Take(hero, item, search: true);
        }
        EndGood(t);
    }

    private static void New(Teller t)
    {
        var (hero, friend, item) = (t.Cast.Hero, t.Cast.Friend, t.Cast.Item);
        t.Say("new.alone");
        t.Own(hero, item);
        t.VerbOf(hero, item);
        t.Feel(hero, good: false);
        t.Hint();
        t.Go(hero, t.Cast.Place);
        t.Meet();
        t.Say("new.try");
        t.Paragraph();
        t.Talk("new.hello");
        t.Payoff();
        t.Say("new.play");
        t.Quarrel();
        if (Bad(t))
        {
            t.Say("new.bad");
            EndBad(t);
            return;
        }
        t.Give(hero, friend, item);
        if (t.Shows(StoryFeatures.Twist)) t.Say("new.twist");
        EndGood(t);
    }
}
