using System.Diagnostics.CodeAnalysis;

namespace Arena.Ranking;

/// <summary>Thrown by the <c>Fit</c> forms and by <see cref="ScoreMatrix"/> when the input cannot be ranked.</summary>
[SuppressMessage("Roslynator", "RCS1194", Justification = "Never thrown without a diagnosis.")]
public sealed class RankingException : Exception
{
    /// <summary>An exception that carries a diagnosis, whose message it has.</summary>
    public RankingException(Diagnosis diagnosis)
        : base((diagnosis ?? throw new ArgumentNullException(nameof(diagnosis))).Message) =>
        Diagnosis = diagnosis;

    /// <summary>What is wrong, typed.</summary>
    public Diagnosis Diagnosis { get; }
}
