using System.Collections.Immutable;

namespace Arena.Evaluation.Suites;

/// <summary>Collects what is wrong, up to a number that a person can read.</summary>
internal sealed class ErrorList
{
    public const int Most = 100;
    private readonly List<SuiteError> errors = [];
    private int unlisted;

    public int Count => errors.Count + unlisted;

    public void Add(string file, int? line, string message)
    {
        if (errors.Count < Most)
        {
            errors.Add(new SuiteError(file, line, message));
        }
        else
        {
            unlisted++;
        }
    }

    public ImmutableArray<SuiteError> ToImmutable() => unlisted == 0
        ? [.. errors]
        : [.. errors, new SuiteError("", null, $"{unlisted} more errors are not listed; mend these first.")];
}
