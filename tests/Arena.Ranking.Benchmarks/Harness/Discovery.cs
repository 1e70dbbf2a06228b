namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>Finds the classes of a kind in this assembly, so that adding one touches no shared list.</summary>
internal static class Discovery
{
    public static IReadOnlyList<T> All<T>() =>
        [.. typeof(Discovery).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(T)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal)
            .Select(t => (T)Activator.CreateInstance(t)!)];

    /// <summary>Those that were named, all where none was; null, with a message on standard error, where a name is unknown.</summary>
    public static async Task<IReadOnlyList<T>?> ChooseAsync<T>(IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(n => all.All(a => !string.Equals(nameOf(a), n, StringComparison.Ordinal))) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no '{unknown}'. There are: {string.Join(", ", all.Select(nameOf))}.");
            return null;
        }

        return names.Count == 0 ? all : [.. all.Where(a => names.Contains(nameOf(a), StringComparer.Ordinal))];
    }
}
