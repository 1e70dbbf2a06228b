using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Properties;

/// <summary>
/// The table method × property of docs/ranking.md: where it says yes, the property is tried on generated evidence; where it says no, there is a counterexample;
/// and it says neither more nor less than is tried here.
/// </summary>
public sealed class PropertyTableTests
{
    private static IEnumerable<(RankedMethod Method, MethodProperty Property)> Cells =>
        RankedMethods.All.SelectMany(_ => MethodProperty.All, (method, property) => (method, property)).Where(cell => cell.property.Asks(cell.method.Make(1)));

    public static TheoryData<string, string> Claims => Named(Cells.Where(cell => Lack(cell.Method, cell.Property) is null));

    public static TheoryData<string, string> Counterexamples => Named(Cells.Where(cell => Lack(cell.Method, cell.Property) is not null));

    [Theory]
    [MemberData(nameof(Claims))]
    public void Property_WhereTheTableSaysYes_Holds(string property, string method)
    {
        (MethodProperty claim, RankedMethod ranked) = Find(property, method);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(ranked.Tries).WithReplay(20250101, 1),
            Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), number =>
            {
                string? violation = claim.Violation(ranked, ranked.Make((ulong)number), (ulong)number);
                Assert.True(violation is null, $"{method}, {property}, seed {number}: {violation}");
            }));
    }

    [Theory]
    [MemberData(nameof(Counterexamples))]
    public void Property_WhereTheTableSaysNo_HasACounterexample(string property, string method)
    {
        (MethodProperty claim, RankedMethod ranked) = Find(property, method);
        Counterexample lack = Lack(ranked, claim)!;
        Assert.NotNull(claim.Violation(ranked, lack.Evidence?.Invoke() ?? ranked.Make(lack.Seed), lack.Seed));
    }

    [Theory]
    [InlineData("names permuted")]
    [InlineData("votes permuted")]
    [InlineData("ballots reversed")]
    public void CyclicPreference_WithoutABlock_LacksNothingOfThese(string property)
    {
        // one concave likelihood: what it lacks with blocks comes from them
        MethodProperty claim = MethodProperty.All.Single(p => p.Name == property);
        var fixedAtNone = new RankedMethod("no block", typeof(CyclicPreference), VoteData.Complete, (e, _) => CyclicPreference.Fit(
            ((VoteData)e).Ballots,
            new CyclicPreferenceOptions { Blocks = 0, Tolerance = 1e-15, MaxIterations = 5000, Resampling = VoteResampling.None }).Standings);
        for (ulong seed = 1; seed <= 40; seed++)
        {
            string? violation = claim.Violation(fixedAtNone, VoteData.Complete(seed), seed);
            Assert.True(violation is null, violation);
        }
    }

    [Fact]
    public void Table_EveryCell_SaysWhatIsTested()
    {
        string[][] table = Table();
        Assert.Equal(["method", .. MethodProperty.All.Select(p => p.Name)], table[0]);
        Assert.Equal(RankedMethods.All.Select(m => m.Name), table.Skip(1).Select(row => row[0]));
        foreach (string[] row in table.Skip(1))
        {
            RankedMethod method = RankedMethods.All.Single(m => m.Name == row[0]);
            Assert.Equal(MethodProperty.All.Length + 1, row.Length);
            for (int k = 0; k < MethodProperty.All.Length; k++)
            {
                MethodProperty property = MethodProperty.All[k];
                string tested = !property.Asks(method.Make(1)) ? "–" : Lack(method, property) is null ? "yes" : "no";
                Assert.True(row[k + 1] == tested, $"{method.Name}, {property.Name}: the table says '{row[k + 1]}', the tests '{tested}'.");
            }
        }
    }

    [Fact]
    public void Table_EveryMethodOfTheLibrary_HasARow()
    {
        // what ranks has a name for results
        Type[] ranking = [.. typeof(BradleyTerry).Assembly.GetExportedTypes().Where(t => t.IsAbstract && t.IsSealed && t.GetField("Name") is not null)];
        Assert.Contains(typeof(Elo), ranking);
        Assert.Empty(ranking.Except(RankedMethods.All.Select(m => m.Type)).Select(t => t.Name));
        Assert.Empty(RankedMethods.All.Select(m => m.Type).Except(ranking).Select(t => t.Name));
    }

    [Fact]
    public void Counterexamples_OfEveryMethod_NamePropertiesOfTheTable()
    {
        string[] names = [.. MethodProperty.All.Select(p => p.Name)];
        Assert.All(RankedMethods.All, m => Assert.Empty(m.Lacks.Select(l => l.Property).Except(names)));
        Assert.All(RankedMethods.All, m => Assert.Equal(m.Lacks.Length, m.Lacks.Select(l => l.Property).Distinct().Count()));
    }

    private static Counterexample? Lack(RankedMethod method, MethodProperty property) => Array.Find(method.Lacks, l => l.Property == property.Name);

    private static (MethodProperty Property, RankedMethod Method) Find(string property, string method) =>
        (MethodProperty.All.Single(p => p.Name == property), RankedMethods.All.Single(m => m.Name == method));

    private static TheoryData<string, string> Named(IEnumerable<(RankedMethod Method, MethodProperty Property)> cells)
    {
        var named = new TheoryData<string, string>();
        foreach ((RankedMethod method, MethodProperty property) in cells)
        {
            named.Add(property.Name, method.Name);
        }

        return named;
    }

    /// <summary>The cells of the table, heading first, without emphasis and footnotes.</summary>
    private static string[][] Table()
    {
        IEnumerable<string> lines = File.ReadLines(Path.Combine(Boards.RepositoryRoot, "docs", "ranking.md"));
        return
        [
            .. lines.SkipWhile(line => !line.StartsWith("| method |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|'))
                .Where(line => !line.StartsWith("|---", StringComparison.Ordinal))
                .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim().TrimEnd('¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹').Trim('*')).ToArray()),
        ];
    }
}
