using System.Globalization;

namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises of small classes that keep a state.</summary>
internal static class ClassFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("account", "classes", Account), new("recent-items", "classes", RecentItems), new("stack-machine", "classes", StackMachine),
    ];

    private static Problem Account(Draws d)
    {
        int overdraft = d.Between(1, 50), fee = d.Between(1, 5);
        return new()
        {
            Name = d.Pick("run account", "balance history", "final balance"),
            Takes = [new("amounts", Ty.Ints, "a list of whole numbers: one of at least 0 is paid in, a negative one is drawn out")],
            Gives = Ty.Ints,
            Goal = "a list of two numbers for an account that starts at 0 and is taken through `amounts`: "
                + "its balance at the end and how many drawings it refused",
            Rules = [$"A drawing costs a fee of {fee} as well, and is refused as a whole where it would take the balance below "
                + $"-{overdraft}.",
                "A refused drawing costs nothing.", "Write a small class `Account` that keeps balance and refusals, and use it."],
            Setting = d.Pick("", "A bank lends a little and no more.", "A prepaid card is used in a canteen."),
            Types = AccountTypes(overdraft, fee),
            CSharp = """
                var account = new Account();
                foreach (int amount in amounts)
                {
                    if (amount >= 0) account.Deposit(amount);
                    else account.Withdraw(-amount);
                }
                return new[] { account.Balance, account.Refused };
                """,
            Python = """
                account = Account()
                for amount in amounts:
                    if amount >= 0:
                        account.deposit(amount)
                    else:
                        account.withdraw(-amount)
                return [account.balance, account.refused]
                """,
            JavaScript = """
                const account = new Account();
                for (const amount of amounts) {
                  if (amount >= 0) account.deposit(amount);
                  else account.withdraw(-amount);
                }
                return [account.balance, account.refused];
                """,
            // Folded over pairs, the balance counted from its floor up.
            Oracle = a => ((int[])a[0]).Aggregate((Room: overdraft, No: 0), (s, x) => x >= 0 ? (s.Room + x, s.No)
                : s.Room + x >= fee ? (s.Room + x - fee, s.No) : (s.Room, s.No + 1)) is var end ? new[] { end.Room - overdraft,
                    end.No } : [],
            Draw = r => [r.Ints(2, 9, -25, 30)],
            Edges = [[Array.Empty<int>()], [new[] { 10, -5 }], [new[] { -overdraft }], [new[] { -overdraft - 1 }],
                [new[] { fee, -overdraft - 1 }], [new[] { fee, -overdraft }], [new[] { 20, -20 - overdraft, -1, 0, -1 }], [new[] { 0, 5 }]],
        };
    }

    private static string[] AccountTypes(int overdraft, int fee) =>
    [
        $$"""
        public class Account
        {
            public int Balance { get; private set; }
            public int Refused { get; private set; }

            public void Deposit(int amount) => Balance += amount;

            public void Withdraw(int amount)
            {
                int cost = amount + {{fee}};
                if (Balance - cost < -{{overdraft}}) Refused++;
                else Balance -= cost;
            }
        }
        """,
        $$"""
        class Account:
            def __init__(self):
                self.balance = 0
                self.refused = 0

            def deposit(self, amount):
                self.balance += amount

            def withdraw(self, amount):
                cost = amount + {{fee}}
                if self.balance - cost < -{{overdraft}}:
                    self.refused += 1
                else:
                    self.balance -= cost
        """,
        $$"""
        class Account {
          balance = 0;
          refused = 0;

          deposit(amount) {
            this.balance += amount;
          }

          withdraw(amount) {
            const cost = amount + {{fee}};
            if (this.balance - cost < -{{overdraft}}) this.refused++;
            else this.balance -= cost;
          }
        }
        """,
    ];

    private static Problem RecentItems(Draws d)
    {
        int room = d.Between(2, 4);
        bool touch = d.Coin();
        int first = d.Between(1, 9);
        return new()
        {
            Name = d.Pick("count misses", "cache cost", "fetches"),
            Takes = [new("keys", Ty.Texts, "a list of keys that are asked for one after another")],
            Gives = Ty.Int,
            Goal = $"the cost of asking a store of {room} places for `keys`, where it costs {first} to fetch a key and nothing to "
                + $"find it there",
            Rules = ["A key that is fetched goes into the store; where that is full, "
                + (touch ? "the key that was not asked for the longest leaves it." : "the key that has been in it the longest leaves it."),
                "Write a small class `Store` that keeps the keys, and use it."],
            Setting = d.Pick("", "A desk has room for a few folders only.", "A browser keeps the pages it showed last."),
            Types = StoreTypes(room, first, touch),
            CSharp = "var store = new Store();\nforeach (string key in keys) store.Ask(key);\nreturn store.Cost;",
            Python = "store = Store()\nfor key in keys:\n    store.ask(key)\nreturn store.cost",
            JavaScript = "const store = new Store();\nkeys.forEach(key => store.ask(key));\nreturn store.cost;",
            Oracle = a => ByTime((string[])a[0]),
            Draw = r => [r.Words(4, 14, "abcde", 1)],
            Edges = [[Array.Empty<string>()], [new[] { "a" }], [new[] { "a", "a" }], ["a b c d e a b c d e".Split(' ')],
                ["a b a c a d a e a b".Split(' ')], ["a b c b a d c b a d".Split(' ')], ["a b b c a d b a".Split(' ')]],
        };

        int ByTime(string[] keys)
        {
            var stamps = new Dictionary<string, int>();
            int fetched = 0;
            for (int now = 0; now < keys.Length; now++)
            {
                bool there = stamps.ContainsKey(keys[now]);
                if (!there && stamps.Count == room) stamps.Remove(stamps.MinBy(s => s.Value).Key);
                if (!there || touch) stamps[keys[now]] = now;
                fetched += there ? 0 : 1;
            }
            return fetched * first;
        }
    }

    private static string[] StoreTypes(int room, int first, bool touch) =>
    [
        $$"""
        public class Store
        {
            private readonly List<string> _keys = new();

            public int Cost { get; private set; }

            public void Ask(string key)
            {
                int at = _keys.IndexOf(key);
                if (at >= 0)
                {
                    {{(touch ? "_keys.RemoveAt(at);\n            _keys.Add(key);\n            " : "")}}return;
                }
                Cost += {{first}};
                if (_keys.Count == {{room}}) _keys.RemoveAt(0);
                _keys.Add(key);
            }
        }
        """,
        $$"""
        class Store:
            def __init__(self):
                self.keys = []
                self.cost = 0

            def ask(self, key):
                if key in self.keys:
                    {{(touch ? "self.keys.remove(key)\n            self.keys.append(key)\n            " : "")}}return
                self.cost += {{first}}
                if len(self.keys) == {{room}}:
                    self.keys.pop(0)
                self.keys.append(key)
        """,
        $$"""
        class Store {
          keys = new Set();
          cost = 0;

          ask(key) {
            if (this.keys.has(key)) {
              {{(touch ? "this.keys.delete(key);\n      this.keys.add(key);\n      " : "")}}return;
            }
            this.cost += {{first}};
            if (this.keys.size === {{room}}) this.keys.delete(this.keys.values().next().value);
            this.keys.add(key);
          }
        }
        """,
    ];

    private static Problem StackMachine(Draws d)
    {
        var (add, mul, dup) = d.Pick(("add", "mul", "dup"), ("plus", "times", "copy"), ("sum", "product", "twice"));
        int none = d.Between(-9, 0);
        return new()
        {
            Name = d.Pick("run program", "stack machine", "calculate"),
            Takes = [new("program", Ty.Texts, $"a list of words: whole numbers, \"{add}\", \"{mul}\" and \"{dup}\"")],
            Gives = Ty.Int,
            Goal = $"what lies on top of a stack after the words of `program` are carried out in order, or {none} where the stack is "
                + $"empty then",
            Rules = ["A number is put on the stack.",
                $"\"{add}\" and \"{mul}\" take two numbers off and put their sum or product on; where there are fewer than two they "
                    + "do nothing.",
                $"\"{dup}\" puts the top number on once more; on an empty stack it does nothing.",
                "Write a small class `Machine` that holds the stack, and use it."],
            Setting = d.Pick("", "Old pocket calculators had no key for brackets.", "A printer language works with a stack."),
            Types = MachineTypes(add, mul, dup, none),
            CSharp = "var machine = new Machine();\nforeach (string word in program) machine.Step(word);\nreturn machine.Top;",
            Python = "machine = Machine()\nfor word in program:\n    machine.step(word)\nreturn machine.top()",
            JavaScript = "const machine = new Machine();\nprogram.forEach(word => machine.step(word));\nreturn machine.top;",
            // On immutable lists, top first.
            Oracle = a => ((string[])a[0]).Aggregate<string, int[]>([], (s, w) => w == dup ? s is [var t, ..] ? [t, .. s] : s
                : w == add || w == mul ? s is [var x, var y, .. var rest] ? [w == add ? y + x : y * x, .. rest] : s
                : [int.Parse(w, CultureInfo.InvariantCulture), .. s]) is [var top, ..] ? top : none,
            Draw = r => [Enumerable.Range(0, r.Between(2, 9)).Select(_ =>
                r.Pick(add, mul, dup, $"{r.Between(-3, 9)}", $"{r.Between(1, 4)}")).ToArray()],
            Edges = [[Array.Empty<string>()], [new[] { "7" }], [new[] { add }], [new[] { dup }], [new[] { "3", add }], [new[] { "3", "4",
                add }],
                [new[] { "3", "4", mul }], [new[] { "3", dup, mul }], [new[] { "2", "3", dup, add, mul }],
                [new[] { "2", "5", "-1", add, mul }], [new[] { "3", mul, dup, add }]],
        };
    }

    private static string[] MachineTypes(string add, string mul, string dup, int none) =>
    [
        $$"""
        public class Machine
        {
            private readonly Stack<int> _stack = new();

            public int Top => _stack.Count == 0 ? {{none}} : _stack.Peek();

            public void Step(string word)
            {
                if (word == "{{dup}}")
                {
                    if (_stack.Count > 0) _stack.Push(_stack.Peek());
                }
                else if (word == "{{add}}" || word == "{{mul}}")
                {
                    if (_stack.Count < 2) return;
                    int b = _stack.Pop(), a = _stack.Pop();
                    _stack.Push(word == "{{add}}" ? a + b : a * b);
                }
                else _stack.Push(int.Parse(word, CultureInfo.InvariantCulture));
            }
        }
        """,
        $$"""
        class Machine:
            def __init__(self):
                self.stack = []

            def step(self, word):
                if word == "{{dup}}":
                    self.stack += self.stack[-1:]
                elif word in ("{{add}}", "{{mul}}"):
                    if len(self.stack) >= 2:
                        b, a = self.stack.pop(), self.stack.pop()
                        self.stack.append(a + b if word == "{{add}}" else a * b)
                else:
                    self.stack.append(int(word))

            def top(self):
                return self.stack[-1] if self.stack else {{none}}
        """,
        $$"""
        class Machine {
          stack = [];

          step(word) {
            const size = this.stack.length;
            if (word === "{{dup}}") {
              if (size > 0) this.stack.push(this.stack[size - 1]);
            } else if (word === "{{add}}" || word === "{{mul}}") {
              if (size < 2) return;
              const [a, b] = this.stack.splice(size - 2);
              this.stack.push(word === "{{add}}" ? a + b : a * b);
            } else this.stack.push(Number(word));
          }

          get top() {
            return this.stack.length === 0 ? {{none}} : this.stack[this.stack.length - 1];
          }
        }
        """,
    ];
}
