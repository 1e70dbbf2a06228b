using System.IO.Compression;
using Arena.Cli.Hosting;

namespace Arena.Tests.Cli.Rank;

/// <summary>Whatever is wrong is refused with exit code 2 and a sentence that says where and what to do.</summary>
public sealed class RankRefusalTests : IDisposable
{
    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("", "The input is empty")]
    [InlineData("\n\n  \n", "These headings are not known")]
    [InlineData("model_a,model_b,winner\n", "There are headings and no rows")]
    [InlineData("model_a,model_b\na,b\n", "These headings are not known: model_a, model_b")]
    [InlineData("model_a,model_a,winner\na,b,tie\n", "Two columns are called 'model_a'")]
    [InlineData("model_a,model_b,winner\na,b,model_a\nb,a,perhaps\n", "input, line 3, column 'winner': the winner 'perhaps' is not known")]
    [InlineData("model_a,model_b,winner\na,b,\n", "line 2, column 'winner': it has no winner")]
    [InlineData("model_a,model_b,winner\na,,model_a\n", "line 2, column 'model_b': it does not name the second entry")]
    [InlineData("model_a,model_b,winner\na,a,model_a\n", "line 2: it compares 'a' with itself")]
    [InlineData("model_a,model_b,winner\na,b\n", "line 2: it has 2 values under 3 headings")]
    [InlineData("model_a,model_b,winner\na,b,c,d\n", "line 2: it has 4 values under 3 headings")]
    [InlineData("model_a,model_b,winner\n\"a,b,model_a\n", "The quote opened on line 2 is never closed")]
    [InlineData("model_a,model_b,winner\n\"a\"x,b,model_a\n", "On line 2 text follows a closing quote")]
    [InlineData("model_a,model_b,winner,weight\na,b,model_a,-1\n", "line 2, column 'weight': the weight '-1' is no number of 0 or more")]
    [InlineData("model_a,model_b,winner,weight\na,b,model_a,NaN\n", "line 2, column 'weight': the weight 'NaN' is no number of 0 or more")]
    [InlineData("model_a,model_b,winner\nx,y,0\ny,x,2\n", "0 may mean a tie or the second")]
    [InlineData("model_a,model_b,winner\nB,A,A\n", "is the name of one and means the other")]
    [InlineData("{\"model_a\":\"a\",\"model_b\":\"b\",\"winner\":\"model_a\"}\n{\"model_a\":\n", "line 2: broken JSON")]
    [InlineData("{\"model_a\":\"a\",\"model_b\":\"b\",\"winner\":\"model_a\"}\n[1]\n", "line 2: broken JSON")]
    [InlineData("[{\"model_a\":\"a\",\"model_b\":\"b\",\"winner\":\"model_a\"},3]", "object 2: broken JSON")]
    [InlineData("[{\"model_a\":\"a\",\"model_b\":\"b\",\"winner\":\"model_a\"}", "broken JSON")]
    [InlineData("[]", "There are headings and no rows")]
    [InlineData("{}", "These headings are not known")]
    [InlineData("{\"ranking\":\"a>>b\"}", "line 1, column 'ranking': the ranking 'a>>b' names nobody")]
    [InlineData("{\"ranking\":[[\"a\"],[{}]]}", "line 1, column 'ranking': the ranking")]
    [InlineData("{\"ranking\":[[\"a\"],[\"b\",\"a\"]]}", "line 1: it names 'a' twice")]
    [InlineData("entry,sample,score\na,s,1\na,s,0\n", "'a' has two scores on the sample 's'")]
    [InlineData("entry,sample,score\na,s,1\nb,s,inf\n", "line 3, column 'score': the score 'inf' of 'b' is no finite number")]
    [InlineData("entry,sample,score\na,s,1\nb,s,good\n", "line 3, column 'score': the score 'good' of 'b' is no finite number")]
    [InlineData("entry;sample;score\na;s;0,5\nb;s;1\n", "Write a point before decimals")]
    [InlineData("model,item,x,y\na,1,2,3\n", "which column holds the score?")]
    [InlineData("5,6,7\n1,2,3\n", "The first line holds numbers only")]
    [InlineData("best,shown\na,b|c\n", "line 2, column 'shown': the best and the worst must be among those shown")]
    [InlineData("ranking,shown\na>b,a|c\n", "line 2, column 'shown': those shown and those ranked are not the same")]
    [InlineData("PAR1 and then nothing", "The Parquet file cannot be read")]
    [InlineData("a\0b", "The input is binary")]
    public async Task Input_Broken_IsRefusedWithTheReason(string text, string reason)
    {
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("input", text)]));

        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Input_BinaryJunk_IsRefused()
    {
        byte[] junk = [.. Enumerable.Range(1, 5000).Select(i => (byte)(128 + (i * 7919 % 127)))];

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("junk", junk)]));

        Assert.Contains("no UTF-8 text", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_DamagedGzip_IsRefused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[100_000]);
        }

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("votes.gz", packed.ToArray()[..40])]));
        Assert.NotEmpty(run.Errors);
    }

    [Fact]
    public async Task Input_HugeLine_IsRefused()
    {
        string text = "model_a,model_b,winner\n" + new string('x', 20 << 20);

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("votes.csv", text)]));

        Assert.Contains("is longer than", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_ManyBadRows_ShowsTheFirstAndCountsAll()
    {
        string text = "model_a,model_b,winner\n" + string.Concat(Enumerable.Range(0, 50).Select(_ => "a,b,what\n"));

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("votes.csv", text)]));

        Assert.Equal(11, run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("50 rows cannot be read, the first 10 of them above", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_BadRowsToBeSkipped_AreLeftOutAndCounted()
    {
        string text = "entry,sample,score\na,s,1\nb,s,x\nb,s,0\nshort\n";

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", run.Write("scores.csv", text), "--skip-bad-rows"]));

        Assert.Contains("2 of 4 rows could not be read and were left out", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file", "gone.csv")]
    [InlineData("is a folder", ".")]
    [InlineData("There is no method 'guess'", "scores.csv", "--method", "guess")]
    [InlineData("Did you mean 'kemeny'?", "scores.csv", "--method", "kemney")]
    [InlineData("Did you mean 'score'? There are: entry, sample, score", "scores.csv", "--columns", "score=scroe")]
    [InlineData("Did you mean 'sample'? Write role=column", "scores.csv", "--columns", "sampel=sample")]
    [InlineData("Did you mean 'PriorTies'?", "scores.csv", "--method", "bt", "--set", "Prior=1")]
    [InlineData("--set PriorTies=-1: The prior is a finite number", "scores.csv", "--method", "bt", "--set", "PriorTies=-1")]
    [InlineData("--set PriorTies=much: it is a number", "scores.csv", "--method", "bt", "--set", "PriorTies=much")]
    [InlineData("--set is written NAME=VALUE", "scores.csv", "--set", "PriorTies")]
    [InlineData("is given twice", "scores.csv", "scores.csv")]
    [InlineData("--source-weights mean nothing to mean", "scores.csv", "--source-weights", "x=1")]
    [InlineData("There is no column 'when' for time", "scores.csv", "--time", "when")]
    [InlineData("There is no column 'x' of a metric", "scores.csv", "--metrics", "x")]
    [InlineData("ranks by several metrics", "scores.csv", "--method", "borda-two-level")]
    [InlineData("--columns does not know 'who'", "scores.csv", "--columns", "who=entry")]
    [InlineData("There is no column 'nobody'", "scores.csv", "--columns", "entry=nobody")]
    [InlineData("--confidence lies between 0 and 1", "scores.csv", "--confidence", "95")]
    [InlineData("--prior is a finite number", "scores.csv", "--prior", "-1")]
    [InlineData("--rounds is 1 or more", "scores.csv", "--rounds", "0")]
    [InlineData("--cluster is voter", "scores.csv", "--cluster", "colour")]
    [InlineData("There is no column for a, b, winner", "scores.csv", "--layout", "pairs")]
    [InlineData("makes no sandwich intervals", "scores.csv", "--method", "mean", "--intervals", "sandwich")]
    [InlineData("--ties davidson means nothing to mean; it is for bt", "scores.csv", "--method", "mean", "--ties", "davidson")]
    [InlineData("--tie-margin is a finite number", "scores.csv", "--tie-margin", "-3")]
    [InlineData("Argument 'xml' not recognized", "scores.csv", "--format", "xml")]
    [InlineData("There is no option '--frobnicate'", "scores.csv", "--frobnicate")]
    [InlineData("There is no option '--confidense'. Did you mean '--confidence'?", "scores.csv", "--confidense", "0.9")]
    [InlineData("There is no column 'none' to ignore", "wide.csv", "--ignore", "none")]
    public async Task CommandLine_Wrong_IsRefusedWithTheReason(string reason, params string[] args)
    {
        run.Write("scores.csv", "entry,sample,score\na,s,1\nb,s,0\n");
        run.Write("wide.csv", "entry,s1\na,1\nb,0\n");

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", .. args]));

        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_WithoutFile_IsRefused() => Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank"]));

    [Fact]
    public async Task Votes_ForAMethodOfScores_AreRefusedWithTheOthers()
    {
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", "-", "--method", "mean"], "model_a,model_b,winner\na,b,model_a\n"));

        Assert.Contains("mean ranks scores, and these are votes", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Votes_ThatHaveNoEstimate_AreDiagnosedByName()
    {
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", "-", "--method", "bt"], "model_a,model_b,winner\nann,bob,model_a\nann,bob,model_a\n"));

        Assert.Contains("Never lost: 'ann'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--prior 1", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Votes_InTwoGroups_AreDiagnosedByName()
    {
        const string Votes = "model_a,model_b,winner\nann,bob,model_a\nann,bob,model_b\ncy,dan,model_a\ncy,dan,model_b\n";
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", "-", "--method", "bt"], Votes));

        Assert.Contains("fall into 2 groups", run.Errors, StringComparison.Ordinal);
        Assert.Contains("'ann', 'bob'", run.Errors, StringComparison.Ordinal);
    }
}
