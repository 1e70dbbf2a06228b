using System.Globalization;
using Arena.Application.Suites;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Evaluation.Images;
using Arena.Evaluation.Tensors;
using Arena.Tests.Evaluation.Suites;
using Arena.Tests.Support;

namespace Arena.Tests.Web.Voting;

/// <summary>A host with an open arena whose entries have answered every sample with a picture of noise, no two alike.</summary>
internal sealed class PictureArena : IAsyncDisposable
{
    public const string Slug = "noise";

    public const int Entries = 4;

    public const int Samples = 4;

    private const int Width = 16;

    private const int Height = 12;

    private PictureArena(TestArena host) => Host = host;

    public TestArena Host { get; }

    /// <param name="postgres">The shared server.</param>
    /// <param name="slate">Outputs side by side.</param>
    /// <param name="options">More settings, as <c>--name=value</c>.</param>
    public static async Task<PictureArena> StartAsync(PostgresFixture postgres, int slate = 3, params string[] options)
    {
        var host = await TestArena.StartAsync(postgres, null, ["--Arena:RateLimits:RequestsPerMinute=1000000", OpenArena.NoHaste, .. options]);
        var baselines = Enumerable.Range(0, Entries).Select(entry => SmallSuite.Baselines[SmallSuite.Baselines.IndexOf("  - slug", StringComparison.Ordinal)..]
            .Replace("kind: label", "kind: image", StringComparison.Ordinal)
            .Replace("slug: guess", FormattableString.Invariant($"slug: painter{entry}"), StringComparison.Ordinal)
            .Replace("name: Guess", FormattableString.Invariant($"name: Painter Number {entry}"), StringComparison.Ordinal)
            .Replace("guess.onnx", FormattableString.Invariant($"painter{entry}.onnx"), StringComparison.Ordinal));
        var suite = SmallSuite.OfPictures()
            .With("suite.yaml", "votes: false", "votes: true")
            .Without("baselines/guess.onnx")
            .With("baselines/baselines.yaml", SmallSuite.Bytes("format: 1\nbaselines:\n" + string.Concat(baselines)));
        for (var entry = 0; entry < Entries; entry++)
        {
            suite.With(FormattableString.Invariant($"baselines/painter{entry}.onnx"), [7, 7, (byte)entry]);
        }

        await host.Get<SuiteImporter>().ImportAsync(suite.Load(), "test", default);
        using (var worker = await TestWorker.StartAsync(host))
        {
            while (await worker.AcquireAsync() is { } lease)
            {
                var entry = int.Parse(lease.Entry[^1..], CultureInfo.InvariantCulture);
                foreach (var job in lease.Jobs)
                {
                    var pixels = Enumerable.Range(job.FirstOrdinal, job.Count).SelectMany(sample => Pixels(entry, sample)).ToArray();
                    var body = PackedOutputs.Encode(new(job.FirstOrdinal, job.Count, [new OutputTensor("y", TensorElementType.UInt8, [Height, Width, 3], pixels)]));
                    using var uploaded = await worker.UploadAsync(job, job.FirstOrdinal, job.Count, body);
                    uploaded.EnsureSuccessStatusCode();
                    using var completed = await worker.CompleteAsync(job, (job.FirstOrdinal, job.Count, body));
                    completed.EnsureSuccessStatusCode();
                }
            }
        }

        Assert.IsType<ArenaChange.Done>(await host.Get<ArenaAdministration>().CreateAsync("test", Slug, "small", OpenArena.Settings with { SlateSize = slate }, default));
        Assert.IsType<ArenaChange.Done>(await host.Get<ArenaAdministration>().SetStateAsync("test", Slug, ArenaState.Open, default));
        return new(host);
    }

    /// <summary>What an entry answered to a sample.</summary>
    public static byte[] Pixels(int entry, int sample)
    {
        var pixels = new byte[Width * Height * 3];
        new Random((100 * entry) + sample + 1).NextBytes(pixels);
        return pixels;
    }

    /// <summary>The same as a voter gets it.</summary>
    public static byte[] Picture(int entry, int sample) => PngWriter.Write(Width, Height, Pixels(entry, sample));

    public VotingClient NewVoter() => new(Host.Address);

    public async Task<long> BallotsAsync() => (long)(await Host.ScalarAsync("select count(*) from ballots"))!;

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
