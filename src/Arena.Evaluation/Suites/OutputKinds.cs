namespace Arena.Evaluation.Suites;

/// <summary>The names of <see cref="OutputKind"/> in files and on the wire.</summary>
public static class OutputKinds
{
    internal static readonly (string Name, OutputKind Value)[] Names = [("scores", OutputKind.Scores), ("label", OutputKind.Label), ("image", OutputKind.Image), ("text", OutputKind.Text)];

    public static string Name(OutputKind kind) => Array.Find(Names, n => n.Value == kind).Name
        ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of output.");

    public static bool TryParse(string name, out OutputKind kind)
    {
        var at = Array.FindIndex(Names, n => string.Equals(n.Name, name, StringComparison.Ordinal));
        kind = at < 0 ? default : Names[at].Value;
        return at >= 0;
    }
}
