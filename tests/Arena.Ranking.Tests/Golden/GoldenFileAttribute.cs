namespace Arena.Ranking.Tests.Golden;

/// <summary>Marks a static method <c>void Check(GoldenFile file)</c> as the handler of golden files of exactly these names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenFileAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
