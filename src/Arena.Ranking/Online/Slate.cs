namespace Arena.Ranking.Online;

/// <summary>
/// One game as the update rules see it: teams best first (a team of one is a competitor), and room for what the rule finds.
/// Grows to the largest slate seen and is used again, so that a game allocates nothing.
/// </summary>
internal sealed class Slate
{
    private int _room;

    public Slate() => Resize(8);

    /// <summary>Number of teams.</summary>
    public int Count { get; private set; }

    /// <summary>Whether two teams share a tier that nobody ordered.</summary>
    public bool HasUnordered { get; set; }

    /// <summary>Sum of the members' means.</summary>
    public double[] Mu { get; private set; } = [];

    /// <summary>Sum of the members' variances, drift included.</summary>
    public double[] Variance { get; private set; } = [];

    /// <summary>Number of members.</summary>
    public int[] Size { get; private set; } = [];

    /// <summary>Tier, 0 is best; tiers follow each other without a gap, teams stand in order of them.</summary>
    public int[] Tier { get; private set; } = [];

    /// <summary>Whether sharing the team's tier means that nobody ordered them.</summary>
    public bool[] Unordered { get; private set; } = [];

    /// <summary>Out: what to add to the team's mean. A member takes its share σ²/Σσ² of it.</summary>
    public double[] Omega { get; private set; } = [];

    /// <summary>Out: what share of the team's variance goes. A member loses its share σ²/Σσ² of that share.</summary>
    public double[] Delta { get; private set; } = [];

    public void Start(int teams)
    {
        if (teams > _room)
        {
            Resize(Math.Max(teams, 2 * _room));
        }

        Count = teams;
        HasUnordered = false;
    }

    /// <summary>Whether the order of two teams of one tier is unknown, rather than a tie.</summary>
    public bool Incomparable(int a, int b) => Tier[a] == Tier[b] && Unordered[a];

    private void Resize(int room)
    {
        _room = room;
        (Mu, Variance, Omega, Delta) = (new double[room], new double[room], new double[room], new double[room]);
        (Size, Tier, Unordered) = (new int[room], new int[room], new bool[room]);
    }
}
