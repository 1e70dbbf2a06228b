using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Properties;

/// <summary>One vote, as it was cast.</summary>
/// <param name="Tiers">Best first; those in one tier are judged equal.</param>
/// <param name="First">Of a vote on two, who was shown first.</param>
/// <param name="Voter">Who voted.</param>
/// <param name="Style">A covariate, positive in favour of <paramref name="First"/>.</param>
/// <param name="Time">When.</param>
internal sealed record Vote(int[][] Tiers, int First, int Voter, double Style, double Time)
{
    public IEnumerable<int> Shown => Tiers.SelectMany(tier => tier);

    public bool Shows(int competitor) => Shown.Contains(competitor);

    public Vote With(Func<int, int> name) => this with { Tiers = [.. Tiers.Select(tier => Array.ConvertAll(tier, i => name(i)))], First = name(First) };
}

/// <summary>Votes on two, on slates, or complete rankings.</summary>
internal sealed record VoteData(int Competitors, Vote[] Votes) : IEvidence
{
    /// <summary>Votes on two: 5 competitors that each beat and lost to a neighbour once, and tie now and then.</summary>
    public static VoteData Pairs(ulong seed)
    {
        const int n = 5;
        var random = new Xoshiro256(seed, 31);
        var votes = new List<Vote>();
        for (int i = 0; i < n; i++)
        {
            Add(i, (i + 1) % n, 0);
            Add(i, (i + 1) % n, 1);
        }

        int more = 20 + random.NextBelow(30);
        for (int v = 0; v < more; v++)
        {
            int a = random.NextBelow(n), b = (a + 1 + random.NextBelow(n - 1)) % n;
            Add(a, b, random.NextBelow(6) == 0 ? 2 : random.NextDouble() < 1 / (1 + Math.Exp(0.4 * (a - b))) ? 0 : 1);
        }

        return new VoteData(n, [.. random.Permutation(votes.Count).Select((v, time) => votes[v] with { Time = time })]);

        void Add(int a, int b, int outcome) => votes.Add(new Vote(
            outcome switch { 0 => [[a], [b]], 1 => [[b], [a]], _ => [[a, b]] },
            random.NextBelow(2) == 0 ? a : b,
            random.NextBelow(8),
            random.NextNormal(),
            0));
    }

    /// <summary>Slates of 2 to 4 of 5, drawn from Plackett–Luce, and a complete ranking each way round.</summary>
    public static VoteData Slates(ulong seed, double ties = 0.1)
    {
        const int n = 5;
        var random = new Xoshiro256(seed, 32);
        var votes = new List<Vote>();
        int[] all = random.Permutation(n);
        Add(all);
        Add([.. all.Reverse()]);
        int more = 8 + random.NextBelow(20);
        for (int v = 0; v < more; v++)
        {
            double[] keys = new double[n];
            for (int i = 0; i < n; i++)
            {
                keys[i] = Math.Log(random.NextExponential()) + 0.4 * i;
            }

            Add([.. random.Permutation(n).Take(2 + random.NextBelow(3)).OrderBy(i => keys[i])]);
        }

        return new VoteData(n, [.. votes.Select((vote, time) => vote with { Time = time })]);

        void Add(int[] order)
        {
            var tiers = new List<int[]> { new[] { order[0] } };
            foreach (int i in order.Skip(1))
            {
                if (random.NextDouble() < ties)
                {
                    tiers[^1] = [.. tiers[^1], i];
                }
                else
                {
                    tiers.Add([i]);
                }
            }

            votes.Add(new Vote([.. tiers], order[0], random.NextBelow(8), 0, 0));
        }
    }

    /// <summary>Complete rankings of 2 to 6 in any order.</summary>
    public static VoteData Complete(ulong seed)
    {
        var random = new Xoshiro256(seed, 33);
        int n = 2 + random.NextBelow(5), voters = 1 + random.NextBelow(15);
        return new VoteData(n, [.. Enumerable.Range(0, voters).Select(v => new Vote([.. random.Permutation(n).Select(i => new[] { i })], 0, v, 0, v))]);
    }

    /// <summary>
    /// Where an early win does harm: 0 wins and loses against all but 1, over and over, which takes a lead away; then against 1, whose early loss comes back to it.
    /// </summary>
    public static VoteData EvenWithOthersThenWithOne(int rounds)
    {
        const int n = 4;
        IEnumerable<int> opponents = Enumerable.Range(0, rounds).SelectMany(_ => new[] { 2, 3 }).Concat(Enumerable.Repeat(1, rounds));
        return new VoteData(n, [.. opponents.SelectMany((other, time) => new Vote[] { new([[0], [other]], 0, 0, 0, time), new([[other], [0]], 0, 0, 0, time) })]);
    }

    public Ballots Ballots => ToBallots(Votes);

    public Covariates Covariates => Covariates.Create(["style"], Votes.Length, [.. Votes.Select(v => v.Style)]);

    public double[] Times => [.. Votes.Select(v => v.Time)];

    /// <summary>The ballots of every second voter.</summary>
    public Ballots OfVoters(int remainder) => ToBallots(Votes.Where(v => v.Voter % 2 == remainder));

    public IEvidence Renamed(int[] to) => this with { Votes = Array.ConvertAll(Votes, v => v.With(i => to[i])) };

    public IEvidence Shuffled(ulong seed) => this with { Votes = [.. new Xoshiro256(seed, 34).Permutation(Votes.Length).Select(v => Votes[v])] };

    /// <summary>Those that tie are listed the other way round, too: TrueSkill chains them as they are listed.</summary>
    public IEvidence Reversed() => this with { Votes = Array.ConvertAll(Votes, v => v with { Tiers = [.. v.Tiers.Reverse().Select(t => t.Reverse().ToArray())] }) };

    public IEvidence Twice() => this with { Votes = [.. Votes, .. Votes] };

    public IEvidence WithWin(int winner, int loser, double place)
    {
        int at = (int)Math.Round(place * Votes.Length);
        var win = new Vote([[winner], [loser]], winner, 0, 0, Votes[Math.Max(0, at - 1)].Time);
        return this with { Votes = [.. Votes[..at], win, .. Votes[at..]] };
    }

    /// <summary>On slates and rankings the clone stands next to the original, above or below, or ties with those that the original ties with; votes on two are cast again.</summary>
    public IEvidence WithClone(ulong seed)
    {
        var random = new Xoshiro256(seed, 35);
        bool pairs = Array.TrueForAll(Votes, v => v.Shown.Count() == 2) && Competitors > 2;
        return new VoteData(Competitors + 1, [.. Votes.SelectMany(vote => !vote.Shows(0) ? [vote] : pairs ? [vote, vote.With(i => i == 0 ? Competitors : i)] : Beside(vote))]);

        Vote[] Beside(Vote vote)
        {
            bool above = random.NextBelow(2) == 0;
            return
            [
                vote with
                {
                    Tiers = [.. vote.Tiers.SelectMany(tier => !tier.Contains(0) ? [tier] : tier.Length > 1 ? [[.. tier, Competitors]] : above ? new int[][] { [Competitors], tier } : [tier, [Competitors]])],
                },
            ];
        }
    }

    private Ballots ToBallots(IEnumerable<Vote> votes)
    {
        var builder = new BallotsBuilder(Competitors);
        foreach (Vote vote in votes)
        {
            int[] shown = [.. vote.Shown];
            var details = new BallotDetails(1, vote.Voter, (int)vote.Time % 7);
            if (shown.Length == 2)
            {
                int second = shown[0] == vote.First ? shown[1] : shown[0];
                int first = second == shown[0] ? shown[1] : shown[0];
                builder.AddPair(first, second, vote.Tiers.Length == 1 ? PairOutcome.Tie : shown[0] == first ? PairOutcome.FirstWins : PairOutcome.SecondWins, details);
            }
            else
            {
                builder.AddTiers(vote.Tiers, details);
            }
        }

        return builder.ToBallots();
    }
}
