using System.Text;
using Simulant.Text.Tasks;

namespace Simulant.Bench.Speed;

/// <summary>Computed tasks: how long a mixture of all families takes, traces included, and which family takes longest.</summary>
internal static class TasksBench
{
    public static Benchmark Benchmark { get; } = new("tasks",
        "computed tasks of all families and levels with their traces: CPU seconds of 100,000; checked against another order and seed", Run);

    private static void Run(BenchContext context)
    {
        int count = context.Option("items", context.Tiny ? 300 : 100_000);
        var mixture = new TaskMixture(TaskFamilies.All, 7);
        Check(context, mixture, Math.Min(count, 2_000));
        long characters = 0;
        double cpu = context.CpuSeconds(() =>
        {
            characters = 0;
            for (int i = 0; i < count; i++)
            {
                var item = mixture[i];
                characters += item.Question.Length + item.Trace.Length;
            }
        }, repeats: 2);
        context.Figure("items", count, "items");
        context.Figure("families", TaskFamilies.All.Count, "families");
        context.Figure("100,000 items", cpu * 100_000 / count, "CPU s");
        context.Figure("characters of an item, with its trace", (double)characters / count, "characters");
        int each = context.Tiny ? 3 : 300;
        var slow = TaskFamilies.All.Select(family => (family.Name, Seconds: Time(context, family, each)))
            .OrderByDescending(f => f.Seconds).Take(5);
        foreach (var (name, seconds) in slow) context.Figure($"slowest: {name}", 1e6 * seconds / each, "us an item");
    }

    private static double Time(BenchContext context, TaskFamily family, int each)
    {
        var one = new TaskMixture([family], 7);
        long items = Math.Min(each, one.Count ?? each);
        return context.WallSeconds(() =>
        {
            for (long i = 0; i < items; i++) _ = one[i];
        }, repeats: 1);
    }

    /// <summary>Items asked for backwards of another object are the same; of another seed they are not.</summary>
    private static void Check(BenchContext context, TaskMixture mixture, int count)
    {
        TaskMixture again = new(TaskFamilies.All, 7), other = new(TaskFamilies.All, 8);
        int differ = 0, wrong = 0;
        for (int i = count - 1; i >= 0; i--)
        {
            var item = mixture[i];
            if (item != again[i]) wrong++;
            if (item.Question != other[i].Question) differ++;
            if (!TaskFamilies.Find(item.Family)!.Accepts(item, item.Answer)) wrong++;
            context.Result(Encoding.UTF8.GetBytes(item.Question + item.Answer + item.Trace));
        }
        context.Check(wrong == 0, "items are functions of their address, and their answers accepted");
        context.Check(differ > count * 99 / 100, "another seed gives other items");
    }
}
