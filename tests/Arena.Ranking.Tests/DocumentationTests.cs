using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>The documentation that the package brings for editors.</summary>
public sealed class DocumentationTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Library = typeof(Standings).Assembly;

    [Fact]
    public void PublicApi_EveryTypeAndMember_IsDocumented()
    {
        Dictionary<string, XElement> documented = XDocument.Load(Path.ChangeExtension(Library.Location, ".xml")).Descendants("member")
            .ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal);
        string[] missing = [.. Library.GetExportedTypes().SelectMany(Names).Where(name => !Says(documented, name)).Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, string.Join(Environment.NewLine, missing));
        Assert.True(documented.Count > 1000);
    }

    /// <summary>A type and what it shows, as the compiler names them up to the parameters; a value of a positional record is a parameter of its type.</summary>
    private static IEnumerable<string> Names(Type type)
    {
        string name = type.FullName!.Replace('+', '.');
        yield return $"T:{name}";
        bool isDelegate = typeof(Delegate).IsAssignableFrom(type);
        string[] positional = [.. type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name!).Where(p => char.IsUpper(p[0])).Distinct(StringComparer.Ordinal)];
        foreach (MemberInfo member in type.GetMembers(Declared).Where(m => !isDelegate && m.GetCustomAttribute<CompilerGeneratedAttribute>() is null && IsShown(m)))
        {
            yield return member switch
            {
                PropertyInfo when positional.Contains(member.Name, StringComparer.Ordinal) => $"T:{name}#{member.Name}",
                PropertyInfo => $"P:{name}.{member.Name}",
                FieldInfo => $"F:{name}.{member.Name}",
                ConstructorInfo => $"M:{name}.#ctor",
                _ => $"M:{name}.{member.Name}",
            };
        }
    }

    private static bool IsShown(MemberInfo member) => member switch
    {
        MethodInfo method => !method.IsSpecialName && IsShown(method),
        // records' copies and those without parameters, which the compiler writes where nobody did
        ConstructorInfo constructor => IsShown(constructor) && constructor.GetParameters() is [{ } first, ..] && first.ParameterType != constructor.DeclaringType && !char.IsUpper(first.Name![0]),
        PropertyInfo property => property.GetMethod is { } getter && IsShown(getter) && !string.Equals(property.Name, "EqualityContract", StringComparison.Ordinal),
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        _ => false,
    };

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool Says(Dictionary<string, XElement> documented, string name)
    {
        string[] parts = name.Split('#', 2);
        if (name.StartsWith("T:", StringComparison.Ordinal) && parts.Length == 2)
        {
            return documented.TryGetValue(parts[0], out XElement? type) && type.Elements("param").Any(p => string.Equals((string?)p.Attribute("name"), parts[1], StringComparison.Ordinal) && p.Value.Trim().Length > 0);
        }

        // methods and indexers of a name: all of them that are there
        XElement[] found = [.. documented.Where(d => string.Equals(d.Key.Split('(')[0].Split("``")[0], name, StringComparison.Ordinal)).Select(d => d.Value)];
        return found.Length > 0 && Array.TrueForAll(found, d => d.Element("inheritdoc") is not null || (d.Element("summary")?.Value.Trim().Length ?? 0) > 0);
    }
}
