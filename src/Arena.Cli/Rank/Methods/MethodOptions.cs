using System.Collections;
using System.Globalization;
using System.Reflection;
using Arena.Cli.Rank.Input;

namespace Arena.Cli.Rank.Methods;

/// <summary>The library's options of a method by their names: read, changed by <c>--set NAME=VALUE</c>, listed.</summary>
internal static class MethodOptions
{
    /// <summary>Changes freshly made options in place, and returns them.</summary>
    /// <exception cref="RefusedException">There is no such option, or it does not take the value.</exception>
    public static T Apply<T>(string method, T options, IReadOnlyList<(string Name, string Value)> changes)
        where T : class
    {
        foreach ((string name, string value) in changes)
        {
            PropertyInfo[] all = [.. Properties(options.GetType())];
            PropertyInfo option = Array.Find(all, p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new RefusedException($"{method} has no option '{name}'.{Nearest.Hint(name, all.Select(p => p.Name))} It has: {string.Join(", ", all.Select(p => p.Name))}.");
            try
            {
                option.SetValue(options, Parse(value, option.PropertyType));
            }
            catch (TargetInvocationException e) when (e.InnerException is ArgumentException inner)
            {
                throw new RefusedException($"--set {option.Name}={value}: {inner.Message.Split(" (Parameter")[0]}");
            }
            catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
            {
                throw new RefusedException($"--set {option.Name}={value}: it is {Kind(option.PropertyType)}.");
            }
        }

        return options;
    }

    /// <summary>Every option with its value; numbers that JSON does not know as text.</summary>
    public static IReadOnlyDictionary<string, object?> Values(object options) =>
        Properties(options.GetType()).ToDictionary(p => p.Name, p => Plain(p.GetValue(options)), StringComparer.Ordinal);

    /// <summary>Every option with what it takes and its default.</summary>
    public static IEnumerable<(string Name, string Kind, string Default)> Describe(object defaults) =>
        Properties(defaults.GetType()).Select(p => (p.Name, Kind(p.PropertyType), Convert.ToString(Plain(p.GetValue(defaults)), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "chosen by the data"));

    /// <summary>Options that one word says; lists, such as a day for each ballot, come with the input.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type options) => options
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite && !typeof(IEnumerable).IsAssignableFrom(p.PropertyType) && (Bare(p.PropertyType).IsPrimitive || Bare(p.PropertyType).IsEnum))
        .OrderBy(p => p.Name, StringComparer.Ordinal);

    private static object? Plain(object? value) => value switch
    {
        double number when !double.IsFinite(number) => number.ToString(CultureInfo.InvariantCulture),
        Enum word => word.ToString(),
        _ => value,
    };

    private static object Parse(string text, Type type)
    {
        Type bare = Bare(type);
        return bare switch
        {
            _ when bare.IsEnum => Enum.TryParse(bare, text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out object? word) && Enum.IsDefined(bare, word) ? word : throw new FormatException(),
            _ when bare == typeof(bool) => bool.Parse(text),
            _ when bare == typeof(double) && text is "inf" or "infinity" or "Infinity" => double.PositiveInfinity,
            _ => Convert.ChangeType(text, bare, CultureInfo.InvariantCulture),
        };
    }

    private static string Kind(Type type)
    {
        Type bare = Bare(type);
        return bare.IsEnum ? string.Join(" or ", Enum.GetNames(bare))
            : bare == typeof(bool) ? "true or false"
            : bare == typeof(double) ? "a number"
            : "a whole number";
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
