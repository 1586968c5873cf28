using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Games;

/// <summary>The result of noughts and crosses under best play, move by move.</summary>
internal sealed class TicTacToe() : TaskFamily("tic-tac-toe", TaskCategories.Games)
{
    private static readonly int[][] Lines =
        [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

    public override int Levels => 4;

    public override AnswerKind Kind => AnswerKind.Set;

    public override long? Problems(int level) => Positions[level - 1].Length;

    // Unfinished positions in which X has had as many moves as O, or one more, by how many cells are open.
    private static readonly string[][] Positions = [.. Enumerable.Range(2, 4).Select(open => All(open).ToArray())];

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        char[] board = Positions[level - 1][problem].ToCharArray();
        char mover = Mover(board), other = mover == 'X' ? 'O' : 'X';
        var work = new StepList();
        var best = new List<int>();
        int most = -2;
        for (int cell = 0; cell < 9; cell++)
        {
            if (board[cell] != '.') continue;
            board[cell] = mover;
            int value = Wins(board, mover) ? 1 : -Value(board, other);
            work.Add($"{mover} in cell {cell + 1}", Wins(board, mover) ? "three in a row, a win at once" : value == 1 ? $"{other} cannot "
                + "avoid defeat" : value == 0 ? "a draw with best play"
                : $"{other} can force a win");
            board[cell] = '.';
            if (value > most) best.Clear();
            if (value >= most) best.Add(cell + 1);
            most = Math.Max(most, value);
        }
        string answer = Phrases.Commas(best), grid = string.Concat(board[..3]) + "\n" + string.Concat(board[3..6]) + "\n"
            + string.Concat(board[6..]);
        work.Add(most == 1 ? "moves that win" : most == 0 ? "moves that hold the draw" : "all moves lose", answer);
        string ask = $"{mover} is to move. List all cells (1 to 9, row by row from the top left) that lead to the best result {mover} "
            + "can force, separated by commas.";
        return new(draws.Wording.Pick(
        [
            $"Tic-tac-toe, with dots for free cells:\n\n{grid}\n\n{ask}",
            $"{ask} The position at noughts and crosses is this:\n\n{grid}",
            $"{grid}\n\nThis is a game of tic-tac-toe. {ask}",
            $"Find every best move.\n\n{grid}\n\nThree in a row win. {ask}",
        ]), answer, work);
    }

    private static IEnumerable<string> All(int open)
    {
        for (int code = 0; code < 19683; code++)
        {
            char[] board = new char[9];
            for (int i = 0, rest = code; i < 9; i++, rest /= 3) board[i] = ".XO"[rest % 3];
            int x = board.Count(c => c == 'X'), o = board.Count(c => c == 'O');
            if (9 - x - o == open && x - o is 0 or 1 && x + o == 9 - open && !Wins(board, 'X') && !Wins(board,
                'O')) yield return new string(board);
        }
    }

    private static char Mover(char[] board) => board.Count(c => c == 'X') == board.Count(c => c == 'O') ? 'X' : 'O';

    private static bool Wins(char[] board, char who) => Array.Exists(Lines, line => board[line[0]] == who && board[line[1]] == who
        && board[line[2]] == who);

    private static int Value(char[] board, char mover)
    {
        int best = -2;
        char other = mover == 'X' ? 'O' : 'X';
        for (int cell = 0; cell < 9 && best < 1; cell++)
        {
            if (board[cell] != '.') continue;
            board[cell] = mover;
            best = Math.Max(best, Wins(board, mover) ? 1 : -Value(board, other));
            board[cell] = '.';
        }
        return best == -2 ? 0 : best;
    }
}

/// <summary>The fewest moves of a knight past forbidden squares.</summary>
internal sealed class KnightPath() : TaskFamily("knight-path", TaskCategories.Games)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        while (true)
        {
            int[] squares = random.Distinct(10 + 2 * level, 0, 63);
            int from = squares[0], to = squares[1];
            var closed = squares[2..].ToHashSet();
            var seen = new HashSet<int>(closed) { from };
            List<int> layer = [from];
            var work = new StepList();
            for (int moves = 1; layer.Count > 0 && !seen.Contains(to); moves++)
            {
                List<int> next = [.. layer.SelectMany(Jumps).Where(seen.Add)];
                next.Sort();
                work.Add($"reached first with {Phrases.Count(moves, "move")}", Phrases.Commas(next.Select(Square)));
                layer = next;
            }
            int answer = work.Count;
            if (!seen.Contains(to) || answer < level || answer > level + 1) continue;
            work.Add($"{Square(to)} is reached after", $"{answer}");
            string blocked = Phrases.List(squares[2..].Order().Select(Square));
            return new(draws.Wording.Pick(
            [
                $"How many moves does a chess knight need at least from {Square(from)} to {Square(to)} if it may not land on {blocked}?",
                $"A knight stands on {Square(from)} of an empty chessboard; the squares {blocked} are forbidden. What is the least "
                    + $"number of moves to {Square(to)}?",
                $"Find the length of the shortest knight's route from {Square(from)} to {Square(to)} that never stops on {blocked}.",
                $"Chess: {blocked} are occupied by one's own pieces that do not move. In how few moves can the knight get from "
                    + $"{Square(from)} to {Square(to)}?",
            ]), $"{answer}", work);
        }
    }

    internal static string Square(int square) => $"{(char)('a' + square % 8)}{square / 8 + 1}";

    private static IEnumerable<int> Jumps(int square)
    {
        foreach (var (dx, dy) in new[] { (1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2) })
        {
            int x = square % 8 + dx, y = square / 8 + dy;
            if (x is >= 0 and < 8 && y is >= 0 and < 8) yield return 8 * y + x;
        }
    }
}

/// <summary>How many squares a piece can move to past others.</summary>
internal sealed class PieceMobility() : TaskFamily("piece-mobility", TaskCategories.Games)
{
    private static readonly (int X, int Y, string Name)[] Rays =
        [(0, 1, "up"), (1, 0, "to the right"), (0, -1, "down"), (-1, 0, "to the left"), (1, 1, "up and right"), (1, -1, "down and right"),
            (-1, -1, "down and left"), (-1, 1, "up and left")];

    public override int Levels => 3;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        // A queen at level 2; at level 3 a queen and then a rook.
        int[] squares = random.Distinct(9, 0, 63);
        string[] pieces = level == 1 ? [random.Pick(["rook", "bishop"])] : level == 2 ? ["queen"] : ["queen", "rook"];
        int[] own = squares[1..5], foe = squares[5..];
        var work = new StepList();
        int total = 0;
        foreach (string piece in pieces)
            foreach (var (dx, dy, name) in piece == "rook" ? Rays[..4] : piece == "bishop" ? Rays[4..] : Rays)
            {
                int x = squares[0] % 8, y = squares[0] / 8, count = 0;
                string end = "the edge";
                while ((x += dx) is >= 0 and < 8 && (y += dy) is >= 0 and < 8)
                {
                    if (own.Contains(8 * y + x)) end = $"an own man on {KnightPath.Square(8 * y + x)}";
                    else count++;
                    if (foe.Contains(8 * y + x)) end = $"a capture on {KnightPath.Square(8 * y + x)}";
                    if (end != "the edge") break;
                }
                total += count;
                work.Add($"the {piece} {name}, up to {end}: {count}", $"total {total}");
            }
        work.Add("squares in all", $"{total}");
        string which = pieces.Length == 1 ? $"a white {pieces[0]}" : "first a white queen, then instead of it a white rook,",
            at = KnightPath.Square(squares[0]);
        string white = Phrases.List(own.Order().Select(KnightPath.Square)), black = Phrases.List(foe.Order().Select(KnightPath.Square));
        string sum = pieces.Length == 1 ? "" : " Add the two numbers.";
        const string rule = "It may capture a black man but not pass or take its own side's men; kings and checks do not matter.";
        return new(draws.Wording.Pick(
        [
            $"On a chessboard {which} stands on {at}; white men are on {white}, black ones on {black}. To how many squares can it "
                + $"move?{sum} {rule}",
            $"White men: {white}. Black men: {black}. Imagine {which} on {at} and count the squares it can go to, captures "
                + $"included.{sum} {rule}",
            $"Put {which} on {at}, with further white men on {white} and black men on {black}. How many moves has it?{sum} {rule}",
            $"How many squares can be reached in one move if {which} is on {at}, other white men stand on {white} and black men on "
                + $"{black}?{sum} {rule}",
        ]), $"{total}", work);
    }
}
