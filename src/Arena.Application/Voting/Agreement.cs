namespace Arena.Application.Voting;

/// <summary>How often the majority of the others prefers as one voter does.</summary>
/// <param name="Preferences">The voter's pairs, one above the other, on which the others have a majority; the same two entries on another ballot are another pair.</param>
/// <param name="Agreed">Of these, those that the majority orders the same way.</param>
/// <param name="Typical">The share by which an average preference of the others goes with their majority on these pairs.</param>
public sealed record Agreement(int Preferences, int Agreed, double Typical)
{
    /// <summary>What guessing would give: on every pair there are two orders.</summary>
    public const double Chance = 0.5;

    private const double Quantile = 1.959963984540054; // of 97.5 %

    public double Share => (double)Agreed / Preferences;

    /// <summary>Wilson's 95 % interval of the share. It takes pairs as independent, which those of one ballot are not quite.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            double n = Preferences, z = Quantile * Quantile / n, centre = (Share + (z / 2)) / (1 + z);
            var half = Math.Sqrt((Share * (1 - Share) * z) + (z * z / 4)) / (1 + z);
            return (Math.Max(0, centre - half), Math.Min(1, centre + half));
        }
    }

    /// <summary>Compares a voter with the others.</summary>
    /// <param name="own">The voter's preferences, n × n, the upper one first.</param>
    /// <param name="all">Those of all voters, this one among them.</param>
    /// <returns>Null when there is no pair to compare.</returns>
    internal static Agreement? Of(long[] own, long[] all)
    {
        var n = (int)Math.Sqrt(own.Length);
        long preferences = 0, agreed = 0;
        var typical = 0.0;
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++)
            {
                long mine = own[(a * n) + b], with = all[(a * n) + b] - mine, against = all[(b * n) + a] - own[(b * n) + a];
                if (mine > 0 && with != against)
                {
                    preferences += mine;
                    agreed += with > against ? mine : 0;
                    typical += mine * (double)Math.Max(with, against) / (with + against);
                }
            }
        }

        return preferences == 0 ? null : new(checked((int)preferences), checked((int)agreed), typical / preferences);
    }
}
