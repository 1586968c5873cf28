namespace Simulant.Text.Tasks.Grids;

/// <summary>Families on squared paper: puzzles, paths, patterns.</summary>
public static class GridsFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new FloodFill(), new MazePath(), new MineCounts(), new LifeGenerations(), new LampPresses(), new GridPathCount(),
        new CheapestDescent(), new RobotMoves(), new TurningAnt(), new SpiralReading(), new GridTurns(), new SmallSudoku(),
            new MagicSquare(),
        new KakuroBlock(), new WordSearch(), new NonogramRow(), new SlidingTiles(), new Sightlines(),
    ];
}
