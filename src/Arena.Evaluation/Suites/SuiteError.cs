namespace Arena.Evaluation.Suites;

/// <summary>One thing that is wrong with a suite.</summary>
/// <param name="File">Path from the suite's folder; empty for the folder or archive itself.</param>
/// <param name="Line">From 1, where there is a line.</param>
/// <param name="Message">What is wrong and what to do, a sentence.</param>
public sealed record SuiteError(string File, int? Line, string Message)
{
    /// <summary>As it is shown: samples.csv line 17: label "12" is not …</summary>
    public override string ToString() => File.Length == 0 ? Message : Line is { } line ? $"{File} line {line}: {Message}" : $"{File}: {Message}";
}
