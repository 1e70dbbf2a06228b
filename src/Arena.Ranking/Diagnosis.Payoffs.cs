namespace Arena.Ranking;

/// <content>What can be wrong with payoff tables and with what is asked of them.</content>
public abstract partial record Diagnosis
{
    /// <summary>A payoff tensor does not have one value a profile.</summary>
    /// <param name="Population">Whose tensor.</param>
    /// <param name="What">Payoffs, counts or variances.</param>
    /// <param name="Expected">Values needed.</param>
    /// <param name="Actual">Values given.</param>
    public sealed record PayoffShape(int Population, string What, long Expected, long Actual) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"The {What} of population {Population} are {Actual} values, but {Expected} are needed: one a profile, row by row, the last player's strategy running fastest. Correct the shape.");
    }

    /// <summary>There are not as many tensors as populations.</summary>
    /// <param name="What">What they are: payoffs, counts or variances.</param>
    /// <param name="Expected">How many there should be.</param>
    /// <param name="Actual">How many there are.</param>
    public sealed record PayoffTensors(string What, int Expected, int Actual) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"{Expected} populations need {Expected} tensors of {What}, but there are {Actual}. Give one a population.");
    }

    /// <summary>A population has no strategy, or all together have more profiles than fit.</summary>
    /// <param name="Strategies">Strategies of every population.</param>
    /// <param name="Most">How many profiles can be numbered.</param>
    public sealed record ProfileCount(IReadOnlyList<int> Strategies, int Most) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"Strategies {string.Join(" × ", Strategies)} do not make 1 to {Most} profiles. Give every population a strategy, and leave some out where there are too many.");
    }

    /// <summary>A payoff is NaN or infinite.</summary>
    /// <param name="Population">Index of the population.</param>
    /// <param name="Profile">Number of the profile.</param>
    /// <param name="Payoff">The payoff given.</param>
    public sealed record InvalidPayoff(int Population, int Profile, double Payoff) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"The payoff of population {Population} in profile {Profile} is {Payoff}. Play that profile, or leave the strategies out that never met.");
    }

    /// <summary>A number of games is negative.</summary>
    /// <param name="Population">Index of the population.</param>
    /// <param name="Profile">Number of the profile.</param>
    /// <param name="Count">The number given.</param>
    public sealed record InvalidCount(int Population, int Profile, int Count) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"The number of games of population {Population} in profile {Profile} is {Count}. Give 0 or more.");
    }

    /// <summary>A variance is negative or not a finite number.</summary>
    /// <param name="Population">Index of the population.</param>
    /// <param name="Profile">Number of the profile.</param>
    /// <param name="Variance">The variance given.</param>
    public sealed record InvalidVariance(int Population, int Profile, double Variance) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"The variance of population {Population} in profile {Profile} is {Variance}. Give a finite number of 0 or more.");
    }

    /// <summary>A payoff lies outside the declared range, so bounds made for that range do not hold.</summary>
    /// <param name="Population">Index of the population.</param>
    /// <param name="Profile">Number of the profile.</param>
    /// <param name="Payoff">The payoff given.</param>
    /// <param name="Lowest">Smallest payoff that was declared.</param>
    /// <param name="Highest">Largest payoff that was declared.</param>
    public sealed record PayoffOutOfRange(int Population, int Profile, double Payoff, double Lowest, double Highest) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"The payoff of population {Population} in profile {Profile} is {Payoff}, outside {Lowest} to {Highest}. Declare the range of a single game's payoff.");
    }

    /// <summary>Uncertainty was asked for, but nothing says how often a profile was played, or how its payoffs vary.</summary>
    /// <param name="Needs">What is missing, in words.</param>
    public sealed record Unsampled(string Needs) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"These payoff tables have no {Needs}, so their uncertainty is unknown. Give it, or ask for no intervals.");
    }

    /// <summary>The selection intensity times the payoffs leaves the range in which rates can be kept apart.</summary>
    /// <param name="Alpha">The intensity asked for.</param>
    /// <param name="Most">The largest whose rates stay in range.</param>
    public sealed record SelectionTooStrong(double Alpha, double Most) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"A selection intensity of {Alpha} is too strong for payoffs this far apart (at most about {Most}). Take the infinite intensity, which is its limit.");
    }

    /// <summary>No deviation pays in any profile: there is no gap that a selection intensity could be chosen by.</summary>
    public sealed record NoPayoffGap : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "No deviation changes a payoff, so every selection intensity ranks all alike. Measure profiles in which strategies differ.";
    }

    /// <summary>Linear programming needs two players whose payoffs add up to a constant.</summary>
    public sealed record NotZeroSum : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "The payoffs do not add up to a constant for two players. Ask for a regularised equilibrium in place of a linear program.";
    }
}
