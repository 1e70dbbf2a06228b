using System.Globalization;

namespace Arena.Tests.Cli.Rank;

/// <summary>Small inputs of every kind, drawn once and for all.</summary>
internal static class RankSamples
{
    /// <summary>Votes of 12 voters on 4 entries over 40 days, with a measure of both answers. The rows stand in no order of time.</summary>
    public static string Votes(int votes = 240, double spread = 0.6, int seed = 1)
    {
        string[] entries = ["ann", "bob", "cy", "dan"];
        var random = new Random(seed);
        var rows = Enumerable.Range(0, votes).Select(k =>
        {
            int a = random.Next(4), b = (a + 1 + random.Next(3)) % 4;
            double chance = 1 / (1 + Math.Exp(spread * (a - b)));
            string winner = random.NextDouble() < 0.1 ? "tie" : random.NextDouble() < chance ? "model_a" : "model_b";
            return string.Create(CultureInfo.InvariantCulture, $"{entries[a]},{entries[b]},{winner},v{random.Next(12)},2024-03-{1 + k * 17 % 28:00},{100 + random.Next(300)},{100 + random.Next(300)}");
        });
        return "model_a,model_b,winner,voter,date,len_a,len_b\n" + string.Join('\n', rows) + "\n";
    }

    /// <summary>Two metrics of 4 entries on 60 samples.</summary>
    public static string Scores()
    {
        var random = new Random(2);
        return "entry,sample,score,speed\n" + string.Concat(new[] { "ann", "bob", "cy", "dan" }.SelectMany((entry, e) => Enumerable.Range(0, 60).Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{entry},s{s},{(random.NextDouble() < 0.8 - 0.1 * e ? 1 : 0)},{random.NextDouble() + e:0.000}\n"))));
    }

    public const string RockPaperScissors = "against,rock,paper,scissors\nrock,0,-1,1\npaper,1,0,-1\nscissors,-1,1,0\n";
}
