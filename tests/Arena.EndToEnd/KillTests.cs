using System.Diagnostics;
using System.Text.Json;
using Arena.EndToEnd.Support;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>kill -9 in the middle of the first evaluation: the board ends as a calm one, no measurement twice, none lost.</summary>
public sealed class KillTests
{
    // many small jobs, so that there is a middle to be killed in
    private static readonly string[] SmallJobs = ["--Arena:Workers:ShardSamples", "32", "--Arena:Workers:LeaseSeconds", "15", "--Arena:Workers:HeartbeatSeconds", "3"];

    [Fact]
    public async Task Evaluation_WorkerHostAndPostgresKilled_BoardEndsAsACalmOne()
    {
        var reference = Repository.ReferenceCounts();
        string calm;
        await using (var arena = await ArenaProcess.StartAsync(SmallJobs))
        {
            calm = Standings(await arena.WaitForFullBoardAsync("digits", reference.Count));
        }

        await using var disturbed = await ArenaProcess.StartAsync(SmallJobs);
        await HalfwayAsync(disturbed, 0.1, reference.Count);
        Kill(Assert.Single(disturbed.FindProcesses("Arena.Worker.dll")));
        await HalfwayAsync(disturbed, 0.3, reference.Count);
        Kill(Postmaster(disturbed));
        await HalfwayAsync(disturbed, 0.5, reference.Count);
        var worker = Assert.Single(disturbed.FindProcesses("Arena.Worker.dll"));
        var postgres = Postmaster(disturbed);
        await disturbed.KillHostAsync();
        await disturbed.WaitAsync("worker and PostgreSQL to end with their host", TimeSpan.FromSeconds(30), () => Task.FromResult(!Lives(worker) && !Lives(postgres)));
        await disturbed.StartHostAsync();

        Assert.Equal(calm, Standings(await disturbed.WaitForFullBoardAsync("digits", reference.Count)));
    }

    /// <summary>Each entry with its correct answers and interval: what must not depend on who was killed when.</summary>
    private static string Standings(JsonElement board) => string.Join('\n', board.GetProperty("standings").EnumerateArray().Select(row => row.GetRawText()).Order(StringComparer.Ordinal));

    private static async Task HalfwayAsync(ArenaProcess arena, double share, int entries) => await arena.WaitAsync($"{share:P0} of the evaluation", TimeSpan.FromMinutes(3), async () =>
    {
        try
        {
            var rows = (await arena.BoardAsync("digits")).GetProperty("standings").EnumerateArray().Select(row => row.GetProperty("evidence")).ToList();
            return rows.Count > 0 && rows.Sum(row => row.GetProperty("samples").GetInt32()) >= share * entries * rows[0].GetProperty("suite_samples").GetInt32();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    private static int Postmaster(ArenaProcess arena) =>
        int.Parse(File.ReadLines(Path.Combine(arena.DataFolder, "postgres", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static bool Lives(int id) => Directory.Exists($"/proc/{id}");
}
