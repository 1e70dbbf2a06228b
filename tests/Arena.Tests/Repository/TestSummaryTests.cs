using Arena.Tests.Support;

namespace Arena.Tests.Repository;

/// <summary>The totals of <c>./arena test</c>: the last line must be true also when a run broke off.</summary>
public sealed class TestSummaryTests : IDisposable
{
    private const string Good = """<UnitTestResult testName="Good" outcome="Passed" />""";
    private const string Bad = """<UnitTestResult testName="Bad" outcome="Failed"><Output><ErrorInfo><Message>1 &lt; 2</Message></ErrorInfo></Output></UnitTestResult>""";
    private const string Skipped = """<UnitTestResult testName="Gpu" outcome="NotExecuted"><Output><ErrorInfo><Message>there is no GPU</Message></ErrorInfo></Output></UnitTestResult>""";
    private const string Note = """<RunInfo computerName="a" outcome="Error"><Text>[xUnit.net 00:00:01] Bad [FAIL]</Text></RunInfo>""";
    private const string Crash = """<RunInfo computerName="a" outcome="Error"><Text>The active test run was aborted. Reason: Test host process crashed</Text></RunInfo>""";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Summary_AllPassed_IsGood()
    {
        Project("A", Good + Good, exit: 0);
        Project("B", Good + Skipped, exit: 0);

        await SummaryIs(0, ["1 skipped: Gpu (there is no GPU)", "3 passed, 0 failed"]);
    }

    [Fact]
    public async Task Summary_OneFailed_NamesIt()
    {
        Project("A", Good + Bad + Note, exit: 1);

        await SummaryIs(1, ["FAILED Bad: 1 < 2", "0 skipped", "1 passed, 1 failed"]);
    }

    [Fact]
    public async Task Summary_HostCrashedBesideAFailure_CountsBoth()
    {
        Project("A", Good + Bad + Note + Crash, exit: 1);

        await SummaryIs(1, ["0 skipped", "1 passed, 2 failed"]);
    }

    [Fact]
    public async Task Summary_ExitCodeWithoutFailure_IsAFailure()
    {
        Project("A", Good, exit: 134);

        await SummaryIs(1, ["0 skipped", "1 passed, 1 failed"]);
    }

    [Fact]
    public async Task Summary_NoResultsFile_IsAFailure()
    {
        Project("A", Good, exit: 0);
        Project("B", results: null, exit: 0);

        await SummaryIs(1, ["0 skipped", "1 passed, 1 failed"]);
    }

    [Fact]
    public async Task Summary_ProjectRanNothing_FailsUnlessThereIsAFilter()
    {
        Project("A", Good, exit: 0);
        Project("B", "", exit: 0);

        await SummaryIs(1, ["0 skipped", "1 passed, 1 failed"]);
        await SummaryIs(0, ["0 skipped", "1 passed, 0 failed"], all: false);
    }

    [Fact]
    public async Task Summary_NothingRan_IsNotGood()
    {
        Project("A", "", exit: 0);

        await SummaryIs(1, ["No test was run. Is the filter a part of a test's full name?", "0 skipped", "0 passed, 0 failed"], all: false);
    }

    private void Project(string name, string? results, int exit)
    {
        File.WriteAllText(folder.In(name + ".exit"), $"{exit}\n");
        if (results is not null)
        {
            File.WriteAllText(folder.In(name + ".trx"), $"<TestRun><Results>{results}</Results></TestRun>");
        }
    }

    private async Task SummaryIs(int exitCode, string[] lastLines, bool all = true)
    {
        var script = Path.Combine(RepositoryFolder.Path, "build", "test-summary.mjs");
        var run = await CommandRun.StartAsync("node", all ? [script, folder.Path, "all"] : [script, folder.Path], folder.Path);

        Assert.Equal(lastLines, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lastLines.Length));
        Assert.Equal(exitCode, run.ExitCode);
    }
}
