using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Strings;

/// <summary>What a stack holds after pushes and pops.</summary>
internal sealed class StackContents() : TaskFamily("stack-contents", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var stack = new List<int>();
        var said = new List<string>();
        var work = new StepList();
        while (said.Count < 4 + 3 * level || stack.Count == 0)
        {
            if (stack.Count > 0 && draws.Problem.Chance(0.4))
            {
                said.Add("pop");
                stack.RemoveAt(stack.Count - 1);
            }
            else
            {
                stack.Add(draws.Problem.Between(1, 99));
                said.Add($"push {stack[^1]}");
            }
            work.Add(said[^1], stack.Count == 0 ? "empty" : Phrases.Commas(stack));
        }
        string answer = Phrases.Commas(stack), shown = Phrases.Commas(said);
        return new(draws.Wording.Pick(
        [
            $"A stack is empty at first. These operations are carried out: {shown}. What does it hold, from bottom to top? Separate by "
                + "commas.",
            $"Starting with an empty stack, do {shown}. List the elements left from the bottom to the top, separated by commas.",
            $"The operations {shown} are applied in this order to an empty stack. Write its contents, bottom first, separated by commas.",
            $"What remains on a stack, empty to begin with, after {shown}? Give the numbers from bottom to top, with commas.",
        ]), answer, work);
    }
}

/// <summary>Who is left when every k-th of a circle is sent away.</summary>
internal sealed class CircleElimination() : TaskFamily("circle-elimination", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string[] circle = draws.Problem.Sample(People.All, 2 + 2 * level + draws.Problem.Below(2));
        int step = draws.Problem.Between(2, 4 + level), at = 0;
        var left = circle.ToList();
        var work = new StepList();
        while (left.Count > 1)
        {
            at = (at + step - 1) % left.Count;
            string gone = left[at];
            left.RemoveAt(at);
            work.Add($"{gone} is the {Phrases.Ordinal(step)} and leaves", "left: " + Phrases.Commas(left));
        }
        string people = Phrases.List(circle), nth = Phrases.Ordinal(step);
        return new(draws.Wording.Pick(
        [
            $"{people} stand in a circle in this order. Counting starts with {circle[0]}, and every {nth} person leaves; counting goes "
                + "on with "
                + "the next person. Who is left at the end?",
            $"Children sit in a ring: {people}. They count round, beginning with {circle[0]} as 1; whoever is the {nth} goes out, and "
                + "the count starts "
                + "again at the next child. Who remains last?",
            $"In a counting-out game the players {people} stand in a ring. From {circle[0]} on, each {nth} player still in the ring "
                + "drops out. "
                + "Name the winner, the last one in the ring.",
            $"Around a table sit {people}. Going round from {circle[0]} (who counts as the 1st), every {nth} of those still there is "
                + "sent away until "
                + "one is left. Who is it?",
        ]), left[0], work);
    }
}

/// <summary>An expression in postfix notation.</summary>
internal sealed class PostfixValue() : TaskFamily("postfix-value", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var tokens = new List<string>();
        int depth = 0;
        for (int numbers = level + 3; numbers > 0 || depth > 1;)
        {
            bool push = depth < 2 || (numbers > 0 && draws.Problem.Chance(0.55));
            tokens.Add(push ? $"{draws.Problem.Between(1, 12)}" : draws.Problem.Pick(["+", "-", "*"]));
            depth += push ? 1 : -1;
            if (push) numbers--;
        }
        var stack = new Stack<long>();
        var work = new StepList();
        foreach (string token in tokens)
        {
            if (long.TryParse(token, out long number))
            {
                stack.Push(number);
                continue;
            }
            long right = stack.Pop(), left = stack.Pop();
            stack.Push(token switch { "+" => left + right, "-" => left - right, _ => left * right });
            work.Add($"{token} takes the two numbers on top", $"{left} {token} {(right < 0 ? $"({right})" : right)} = {stack.Peek()}");
        }
        string answer = $"{stack.Pop()}", shown = string.Join(' ', tokens);
        return new(draws.Wording.Pick(
        [
            $"Evaluate the postfix expression \"{shown}\".",
            $"What is the value of \"{shown}\" in reverse Polish notation?",
            $"A stack machine reads \"{shown}\" from left to right: numbers are pushed, and an operator replaces the two topmost numbers "
                + "by its result "
                + "(the lower one is the left operand). Which number is left?",
            $"In postfix notation an operator follows its two operands. Compute \"{shown}\".",
        ]), answer, work);
    }
}

/// <summary>Where keys end in a hash table with linear probing.</summary>
internal sealed class LinearProbing() : TaskFamily("linear-probing", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int size = 5 + 2 * level, keys = 3 + 2 * level - (level > 2 ? 1 : 0);
        int[] given = draws.Problem.Distinct(keys, 1, 199);
        int[] table = new int[size];
        var work = new StepList();
        foreach (int key in given)
        {
            int home = key % size, slot = home;
            while (table[slot] != 0) slot = (slot + 1) % size;
            table[slot] = key;
            work.Add(slot == home ? $"{key} goes to its own slot" : $"slot {home} is taken, so {key} moves on to slot {slot}",
                $"{key} mod {size} = {home}, slot {slot}");
        }
        string answer = Phrases.Commas(table.Select(key => key == 0 ? "-" : $"{key}")), shown = Phrases.List(given);
        work.Add("the table from slot 0", answer);
        const string form = "Write the table from slot 0 on, separated by commas, with - for an empty slot.";
        return new(draws.Wording.Pick(
        [
            $"A hash table has {size} slots (0 to {size - 1}); key k belongs in slot k mod {size}, or in the next free slot after it, "
                + "going round. "
                + $"Insert {shown} in this order. {form}",
            $"Into an empty hash table with {size} slots and linear probing (hash = key mod {size}, step 1, wrapping round), the keys "
                + $"{shown} are "
                + $"inserted one after another. {form}",
            $"With {size} slots numbered from 0, hash function k mod {size} and linear probing, insert the keys {shown} in order. {form}",
            $"Keys are stored at (key mod {size}); if that place is taken, the next place to the right is tried, and after the last the "
                + "first. "
                + $"There are {size} places. Store {shown} one by one. {form}",
        ]), answer, work);
    }
}

/// <summary>How often a cache that forgets the least recently used page must fetch.</summary>
internal sealed class CacheMisses() : TaskFamily("cache-misses", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int capacity = 2 + level / 2;
        string[] pages = draws.Problem.Sample<string>([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ".Select(c => $"{c}")], capacity + 2 + level / 3);
        string[] asked = [.. draws.Problem.Numbers(6 + 3 * level, 0, pages.Length - 1).Select(i => pages[i])];
        var cache = new List<string>();
        var work = new StepList();
        int misses = 0;
        foreach (string page in asked)
        {
            bool hit = cache.Remove(page);
            if (!hit) misses++;
            if (cache.Count == capacity) cache.RemoveAt(0);
            cache.Add(page);
            work.Add(hit ? $"{page} is there" : $"{page} is fetched", $"{Phrases.Commas(cache)}; misses {misses}");
        }
        string shown = Phrases.List(asked);
        work.Add("misses in all", $"{misses}");
        return new(draws.Wording.Pick(
        [
            $"A cache holds {capacity} pages and throws out the least recently used one when it is full. It starts empty, and pages are "
                + "asked for in "
                + $"the order {shown}. How many misses are there?",
            $"With an LRU cache of {capacity} entries, empty at first, count the misses for the accesses {shown}.",
            $"An empty cache with room for {capacity} pages follows the least-recently-used rule. For the requests {shown}, how many "
                + "times is the page "
                + "not in the cache?",
            $"Pages are read in the order {shown}. Memory has {capacity} frames, all empty at the start, and the page unused for the "
                + "longest time is "
                + "replaced. Give the number of page faults.",
        ]), $"{misses}", work);
    }
}

/// <summary>A binary search tree grown from a list, read from the root.</summary>
internal sealed class SearchTreeOrder() : TaskFamily("search-tree-order", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] keys = draws.Problem.Distinct(3 + 2 * level, 1, 99);
        int[] left = new int[100], right = new int[100];
        var work = new StepList();
        work.Add("the first becomes the root", $"root {keys[0]}");
        foreach (int key in keys.Skip(1))
        {
            int at = keys[0];
            for (int next; (next = key < at ? left[at] : right[at]) != 0;) at = next;
            (key < at ? left : right)[at] = key;
            work.Add($"{key} becomes the {(key < at ? "left" : "right")} child of {at}", $"{key} {(key < at ? "<" : ">")} {at}");
        }
        bool post = draws.Problem.Chance(0.5);
        var order = new List<int>();
        Visit(keys[0], left, right, post, order);
        string answer = Phrases.Commas(order), shown = Phrases.List(keys);
        work.Add(post ? "children before their parent" : "parent before its children", answer);
        string how = post ? "postorder (left subtree, right subtree, node)" : "preorder (node, left subtree, right subtree)";
        return new(draws.Wording.Pick(
        [
            $"Insert {shown} in this order into an empty binary search tree. List its keys in {how}, separated by commas.",
            $"A binary search tree (not rebalanced) is built by inserting {shown} one after another. Give the {how} traversal with commas.",
            $"What is the {how} of the binary search tree that grows when {shown} are inserted from left to right? Separate by commas.",
            $"Starting with no tree, add the keys {shown} one by one to a plain binary search tree, then write them in {how}, with commas.",
        ]), answer, work);
    }

    private static void Visit(int key, int[] left, int[] right, bool post, List<int> order)
    {
        if (key == 0) return;
        if (!post) order.Add(key);
        Visit(left[key], left, right, post, order);
        Visit(right[key], left, right, post, order);
        if (post) order.Add(key);
    }
}
