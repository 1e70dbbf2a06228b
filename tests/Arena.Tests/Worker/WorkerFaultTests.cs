using System.Text;
using Arena.Contracts.Workers;
using Arena.Tests.Inference;

namespace Arena.Tests.Worker;

/// <summary>Whose fault it is when a job cannot be done, and what the submitter reads.</summary>
public sealed class WorkerFaultTests : WorkerTestBase
{
    [Theory]
    [InlineData("not_a_number", "Output 'scores' holds NaN (not a number) for sample 0, class 0; every score must be a finite number.")]
    [InlineData("seven_classes", "Output 'scores' is float32 [N, 7]; scores must be float32 [N, 10], one number a class.")]
    [InlineData("float64_scores", "Output 'scores' is made of Float64; scores must be float32 [N, 10], one number a class.")]
    [InlineData("one_answer", "Output 'scores' has the shape [1, 10] for a batch of 128 samples; its first axis must be the samples'.")]
    public async Task Evaluate_OutputBreaksTheContract_IsTheEntrysFault(string model, string reason)
    {
        await RunOnceAsync(Lease(Model(model), samples: 512));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.EntryFault, failure.Fault);
        Assert.Equal(reason, failure.Reason);
        Assert.Equal(2, Assert.Single(Server.Aborted).Key); // the run ends: the other job goes back untried
        Assert.Empty(Server.Chunks);
    }

    [Fact]
    public async Task Evaluate_FileThatIsNoModel_IsTheEntrysFaultInTheRuntimesWords()
    {
        await RunOnceAsync(Lease(Encoding.UTF8.GetBytes("this is no model")));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.EntryFault, failure.Fault);
        Assert.Contains("Protobuf parsing failed", failure.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Evaluate_InfiniteLoop_IsTheEntrysFaultAfterItsTime()
    {
        await RunOnceAsync(Lease(Model("for_ever"), seconds: 1));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.EntryFault, failure.Fault);
        Assert.Equal("The model took longer than 1 seconds for 256 samples.", failure.Reason);
    }

    [Fact]
    public async Task Evaluate_ModelWithTwoInputs_IsTheEntrysFault()
    {
        await RunOnceAsync(Lease(TestModels.Bytes("matmul"), output: new OutputContract("product", "scores", "classification", [10])));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.EntryFault, failure.Fault);
        Assert.StartsWith("The model takes 2 inputs (a: Float32[rows, inner]; b: ", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ModelThatTakesSomethingElse_IsTheEntrysFault()
    {
        await RunOnceAsync(Lease(Model("pixels"), preprocessing: "unit-image"));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.EntryFault, failure.Fault);
        Assert.Equal("The model takes x: Float32[N, 64]; the preprocessing 'unit-image' gives float32 [N, 1, 8, 8]. Choose another preprocessing, or change the model's input.", failure.Reason);
    }

    [Fact]
    public async Task Evaluate_ModelWithoutThatOutput_IsTheEntrysFault()
    {
        await RunOnceAsync(Lease(Model("pixels"), output: new OutputContract("answer", "scores", "classification", [10])));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.EntryFault, failure.Fault);
        Assert.Contains("The model has no output 'answer'. It has: scores.", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_FileWithAnotherHash_IsRefusedAsTheWorkersFault()
    {
        var lease = Lease(Model("pixels"), samples: 512);
        var wrong = lease.Model with { Sha256 = new string('0', 64) };

        await RunOnceAsync(lease with { Model = wrong });

        Assert.Equal(2, Server.Failed.Count);
        Assert.All(Server.Failed.Values, failure => Assert.Equal(FailRequest.WorkerFault, failure.Fault));
        Assert.Contains("its SHA-256 is another", Server.Failed[1].Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Folder.In("cache")));
    }

    [Fact]
    public async Task Evaluate_FileLongerThanAnnounced_IsNotReadToItsEnd()
    {
        var lease = Lease(Model("pixels"));

        await RunOnceAsync(lease with { Model = lease.Model with { Size = 100 } });

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.WorkerFault, failure.Fault);
        Assert.Contains("more than the 100 bytes", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@elsewhere.example.org/model")]
    [InlineData("https://elsewhere.example.org/model")]
    public async Task Evaluate_FileOnAnotherServer_IsNotAskedForWithTheToken(string url)
    {
        var lease = Lease(Model("pixels"));

        await RunOnceAsync(lease with { Model = lease.Model with { Url = url } });

        Assert.Equal(FailRequest.WorkerFault, OnlyFailure().Fault);
    }

    [Fact]
    public async Task Evaluate_DamagedFileInTheCache_IsFetchedAgain()
    {
        var lease = Lease(Model("pixels"));
        await RunOnceAsync(lease);
        var cached = Path.Combine(Folder.In("cache"), lease.Model.Sha256);
        var bytes = await File.ReadAllBytesAsync(cached);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(cached, bytes);

        await RunOnceAsync(Lease(Model("pixels")));

        Assert.Empty(Server.Failed);
        Assert.Equal(3, Server.Requests.Count(request => request.StartsWith("GET /files/", StringComparison.Ordinal)));
        Assert.Equal(Model("pixels"), await File.ReadAllBytesAsync(cached));
    }

    [Fact]
    public async Task Evaluate_InputThatIsNotWhatWasAnnounced_IsTheSuitesFault()
    {
        var lease = Lease(Model("pixels"));

        await RunOnceAsync(lease with { Input = lease.Input with { SampleShape = [64] } });

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.SuiteFault, failure.Fault);
        Assert.Equal("The suite's input 'image' holds uint8 [8, 8] for each sample, but uint8 [64] was announced.", failure.Reason);
    }

    [Fact]
    public async Task Evaluate_SamplesPastTheEnd_IsTheSuitesFault()
    {
        await RunOnceAsync(Lease(Model("pixels"), samples: 1000, size: 1000));

        Assert.Equal(FailRequest.SuiteFault, OnlyFailure().Fault);
    }

    [Fact]
    public async Task Evaluate_KindOfOutputOfALaterVersion_IsTheWorkersFault()
    {
        await RunOnceAsync(Lease(Model("pixels"), output: new OutputContract("scores", "boxes", "classification", [10])));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.WorkerFault, failure.Fault);
        Assert.Equal("This worker does not know outputs of kind 'boxes' in classification. Update it.", failure.Reason);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Upload_Refused_IsTheWorkersFaultInTheServersWords(int status)
    {
        Server.Interfere = context => string.Equals(context.Request.Method, "PUT", StringComparison.Ordinal) ? status : null;

        await RunOnceAsync(Lease(Model("pixels")));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.WorkerFault, failure.Fault);
        Assert.EndsWith($"with {Number(status)}: the test wants it so", failure.Reason, StringComparison.Ordinal);
    }
}
