namespace Arena.Application.Voting;

/// <summary>What a maintainer can set on an arena.</summary>
public sealed record ArenaSettings
{
    public required string Title { get; init; }

    public required string Question { get; init; }

    public required string Description { get; init; }

    public required int SlateSize { get; init; }

    public required bool CrossSample { get; init; }

    public required string Policy { get; init; }

    public required double UniformShare { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public required bool AsksStrength { get; init; }

    public required bool AsksAcceptable { get; init; }

    public required bool CountsPrograms { get; init; }

    public required TimeSpan PublicationDelay { get; init; }

    /// <summary>What is wrong and what to do, a sentence each.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        void Check(bool fine, string problem)
        {
            if (!fine)
            {
                problems.Add(problem);
            }
        }

        Check(!string.IsNullOrWhiteSpace(Title) && Title.Length <= 100, "The title needs 1 to 100 characters.");
        Check(!string.IsNullOrWhiteSpace(Question) && Question.Length <= 300, "The question needs 1 to 300 characters.");
        Check(Description.Length <= 4000, "The description may have at most 4,000 characters.");
        Check(SlateSize is >= 2 and <= 6, "Between 2 and 6 outputs stand side by side.");
        Check(MatchPolicies.Exists(Policy), $"The matchmaking policy is one of: {string.Join(", ", MatchPolicies.Names)}.");
        Check(UniformShare is >= 0 and <= 1, "The share of uniform draws lies between 0 and 1, such as 0.1.");
        Check(Reasons.Count <= 12 && Reasons.All(reason => !string.IsNullOrWhiteSpace(reason) && reason.Length <= 100 && !reason.Any(char.IsControl)), "At most 12 reasons of 1 to 100 characters each.");
        Check(Reasons.Distinct(StringComparer.Ordinal).Count() == Reasons.Count, "A reason stands twice: leave one out.");
        Check(PublicationDelay >= TimeSpan.Zero && PublicationDelay <= TimeSpan.FromDays(365), "The publication delay lies between none and a year.");
        return problems;
    }
}
