using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Arena.Ranking.Tests.Soak;

/// <summary>Every estimator on an arena: it ranks or says why not; it ends; no number of the result is NaN; threads change nothing.</summary>
internal static class SoakRun
{
    /// <summary>A fit of so little takes milliseconds; after this it never ends.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>What went wrong, each with what starts it again.</summary>
    public static List<string> Faults(ulong seed)
    {
        var arena = new SoakArena(seed);
        var faults = new List<string>();
        foreach ((string name, Func<SoakArena, int, object> run) in SoakMethods.All)
        {
            (List<string>? one, string? fault) = Told(arena, run, 1);
            (List<string>? many, string? other) = fault is null ? Told(arena, run, 3) : (null, null);
            fault ??= other;
            if (one is not null && many is not null && !one.SequenceEqual(many, StringComparer.Ordinal))
            {
                int at = Enumerable.Range(0, Math.Max(one.Count, many.Count)).First(k => k >= one.Count || k >= many.Count || !string.Equals(one[k], many[k], StringComparison.Ordinal));
                fault = $"three threads say '{many.ElementAtOrDefault(at)}' and one '{one.ElementAtOrDefault(at)}'";
            }

            if (fault is not null)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {fault} (ARENA_SOAK_SEED={seed})"));
            }
        }

        return faults;
    }

    /// <summary>All that a fit says, or the fault that it has.</summary>
    private static (List<string>? Said, string? Fault) Told(SoakArena arena, Func<SoakArena, int, object> run, int threads)
    {
        List<string>? said = null;
        string? fault = "does not end";
        var thread = new Thread(() => (said, fault) = Told(() => run(arena, threads)), 16 << 20) { IsBackground = true };
        thread.Start();
        return thread.Join(Longest) ? (said, fault) : (null, "does not end");
    }

    private static (List<string>? Said, string? Fault) Told(Func<object> run)
    {
        try
        {
            var said = new List<string>();
            Tell("result", run(), said);
            return said.Find(s => s.EndsWith(" = NaN", StringComparison.Ordinal)) is { } nan ? (null, nan) : (said, null);
        }
        catch (RankingException refused)
        {
            return refused.Message.Length > 0 && !refused.Message.Contains("NaN", StringComparison.Ordinal)
                ? ([refused.Message], null)
                : (null, $"a diagnosis says '{refused.Message}'");
        }
        catch (Exception exception)
        {
            return (null, exception.ToString());
        }
    }

    /// <summary>A result as lines, one a number or a word.</summary>
    private static void Tell(string path, object? value, List<string> said)
    {
        switch (value)
        {
            case null or string or bool or Enum or Ballots or Diagnosis:
                said.Add($"{path} = {value}");
                break;
            case IFormattable number:
                said.Add($"{path} = {number.ToString("R", CultureInfo.InvariantCulture)}");
                break;
            case PairComparisons pairs:
                for (int i = 0; i < pairs.Competitors; i++)
                {
                    for (int j = i + 1; j < pairs.Competitors; j++)
                    {
                        Tell($"{path}[{i}, {j}]", pairs[i, j], said);
                    }
                }

                break;
            case IEnumerable items:
                int at = 0;
                foreach (object? item in items)
                {
                    Tell($"{path}[{at++}]", item, said);
                }

                break;
            default:
                foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && IsTold(value, p)))
                {
                    Tell($"{path}.{property.Name}", property.GetValue(value), said);
                }

                foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
                {
                    Tell($"{path}.{field.Name}", field.GetValue(value), said);
                }

                break;
        }
    }

    /// <summary>The only population's standings are not there when there are several.</summary>
    private static bool IsTold(object value, PropertyInfo property) =>
        value is not AlphaRankResult || !string.Equals(property.Name, nameof(AlphaRankResult.Standings), StringComparison.Ordinal);
}
