using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Ranking;

namespace Arena.Cli.Rank.Output;

/// <summary>What JSON and CSV results have in common. What is infinite or was not made is null or empty.</summary>
internal static class MachineOutput
{
    /// <summary>Version of the JSON schema: raised when a key changes its meaning or goes away, not when one is added.</summary>
    public const int Schema = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Version of the program.</summary>
    public static string Version { get; } = typeof(MachineOutput).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static string ToJson(object value) => JsonSerializer.Serialize(value, Json);

    /// <summary>Files and how they were read.</summary>
    public static object Input(RankInput input) => input.Files.Select(f => new { f.Name, f.Layout, f.Rows, f.Columns }).ToArray();

    /// <summary>The options of a fit, everything that is needed to make it again.</summary>
    public static object? Options(object? options) => options is null ? null : MethodOptions.Values(options);

    public static object Diagnostics(Standings board) => new
    {
        board.Diagnostics.Converged,
        board.Diagnostics.Iterations,
        StopReason = board.Diagnostics.Reason.ToString(),
        CriticalValue = Finite(board.Diagnostics.CriticalValue),
    };

    /// <summary>Rows as objects by their columns.</summary>
    public static object Table(ResultTable table) =>
        table.Rows.Select(r => table.Columns.Zip(r).ToDictionary(p => p.First, p => p.Second is double number ? Finite(number) : p.Second, StringComparer.Ordinal)).ToArray();

    /// <summary>Null for what is infinite: JSON knows no infinity.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>A CSV value, quoted where it must be.</summary>
    public static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Number(double value) => Finite(value)?.ToString(CultureInfo.InvariantCulture) ?? "";
}
