namespace Simulant.Text.Tasks.Games;

/// <summary>Families over games: best moves, cards, dice, scores.</summary>
public static class GamesFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new NimMoves(), new TakingGame(), new MancalaSowing(), new SnakesAndLadders(), new BlackjackTotals(), new PokerHands(),
        new TrickWinners(), new TicTacToe(), new KnightPath(), new PieceMobility(), new BowlingScore(), new DiceBoxes(), new LeagueTable(),
        new FiveSigns(),
    ];
}
