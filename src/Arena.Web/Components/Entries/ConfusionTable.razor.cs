using System.Globalization;
using Arena.Application.Entries;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Entries;

/// <summary>Counts of true class by predicted class. The number stands in every cell; the shade repeats it.</summary>
public sealed partial class ConfusionTable
{
    private (int True, int Said, int Count)? worst;

    [Parameter, EditorRequired]
    public required IReadOnlyList<PartResult> Classes { get; set; }

    /// <summary>Square, in the order of <see cref="Classes"/>.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; set; }

    protected override void OnParametersSet()
    {
        worst = null;
        for (var i = 0; i < Counts.Count; i++)
        {
            for (var j = 0; j < Counts[i].Count; j++)
            {
                if (i != j && Counts[i][j] > (worst?.Count ?? 0))
                {
                    worst = (i, j, Counts[i][j]);
                }
            }
        }
    }

    /// <summary>A class name: nothing, right, or wrong from 1 (rare) to 5 (a quarter of the row or more).</summary>
    internal static string LevelOf(int count, int sum, bool diagonal)
    {
        if (count == 0)
        {
            return "zero";
        }

        if (diagonal)
        {
            return "right";
        }

        var level = Math.Clamp((int)Math.Ceiling(20.0 * count / Math.Max(sum, 1)), 1, 5);
        return "wrong-" + level.ToString(CultureInfo.InvariantCulture);
    }
}
