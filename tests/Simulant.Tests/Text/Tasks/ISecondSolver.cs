namespace Simulant.Tests.Text.Tasks;

/// <summary>Another way to solve a family: by another method, from the rendered question alone. Found by reflection.</summary>
public interface ISecondSolver
{
    /// <summary>Name of the family that it solves.</summary>
    string Family { get; }

    /// <summary>The answer to the question, in any form that the family's scorer accepts.</summary>
    string Solve(string question);
}
