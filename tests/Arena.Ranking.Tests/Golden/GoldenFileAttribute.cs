namespace Arena.Ranking.Tests.Golden;

/// <summary>Marks a static method <c>void Check(GoldenFile file)</c> as a handler of golden files of exactly these names; a file may have several, each reading the keys of its method.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenFileAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
