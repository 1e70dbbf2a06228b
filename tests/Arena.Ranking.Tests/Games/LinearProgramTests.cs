using Arena.Ranking.Games;
using Xunit;

namespace Arena.Ranking.Tests.Games;

public sealed class LinearProgramTests
{
    [Fact]
    public void Maximise_TextbookProgram_FindsItsCornerAndPrices()
    {
        // 3x + 5y; x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18
        LinearProgram.Optimum? optimum = LinearProgram.Maximise([3, 5], [1, 0, 0, 2, 3, 2], [4, 12, 18]);

        Assert.NotNull(optimum);
        Assert.Equal([2, 6], optimum.Primal.Select(x => Math.Round(x, 12)));
        Assert.Equal([0, 1.5, 1], optimum.Dual.Select(x => Math.Round(x, 12)));
        Assert.True(optimum.PrimalIsUnique && optimum.DualIsUnique);
    }

    [Fact]
    public void Maximise_NoBound_ReturnsNull() => Assert.Null(LinearProgram.Maximise([1, 1], [1, -1], [1]));

    [Fact]
    public void Maximise_EdgeOfOptima_IsNotUnique()
    {
        LinearProgram.Optimum? optimum = LinearProgram.Maximise([1, 1], [1, 1], [1]);
        Assert.NotNull(optimum);
        Assert.Equal(1, optimum.Primal.Sum(), 12);
        Assert.False(optimum.PrimalIsUnique);
    }

    [Fact]
    public void Maximise_DegenerateProgramThatCyclesByLargestGain_Ends()
    {
        // Beale 1955: the largest gain alone goes round for ever
        LinearProgram.Optimum? optimum = LinearProgram.Maximise(
            [0.75, -150, 0.02, -6],
            [0.25, -60, -0.04, 9, 0.5, -90, -0.02, 3, 0, 0, 1, 0],
            [0, 0, 1]);

        Assert.NotNull(optimum);
        Assert.Equal(0.05, 0.75 * optimum.Primal[0] - 150 * optimum.Primal[1] + 0.02 * optimum.Primal[2] - 6 * optimum.Primal[3], 12);
    }
}
