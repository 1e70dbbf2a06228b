using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Arena.EndToEnd.Support;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>The leaderboards for programs.</summary>
[Collection(FinishedArena.Collection)]
public sealed class ApiTests(FinishedArena finished)
{
    [Fact]
    public async Task List_FinishedBoard_IsNamedWithItsLeader()
    {
        var list = await JsonAsync("/api/v1/leaderboards");
        Assert.Equal(["digits", "summaries", "summaries-votes", "upscaling", "upscaling-votes"], list.EnumerateArray().Select(each => each.GetProperty("slug").GetString()!).Order(StringComparer.Ordinal));
        var board = list.EnumerateArray().Single(each => string.Equals(each.GetProperty("slug").GetString(), "digits", StringComparison.Ordinal));
        Assert.Equal("/api/v1/leaderboards/digits", board.GetProperty("url").GetString());
        Assert.Equal(finished.Final.GetProperty("version").GetInt64(), board.GetProperty("version").GetInt64());
        Assert.Equal(Repository.ReferenceCounts().Count, board.GetProperty("entries").GetInt32());
        Assert.Equal(0, board.GetProperty("runs_waiting").GetInt32());
        Assert.Equal(finished.Final.GetProperty("standings")[0].GetRawText(), board.GetProperty("leader").GetRawText());
    }

    [Theory]
    [InlineData("", "mean")]
    [InlineData("?method=bradley-terry", "bradley-terry")]
    public async Task Board_ByMethod_HasRatingsWithinIntervalsAndRanksInOrder(string query, string method)
    {
        var board = await JsonAsync("/api/v1/leaderboards/digits" + query);
        Assert.Equal(method, board.GetProperty("method").GetString());
        Assert.True(board.GetProperty("version").GetInt64() > 0);
        var rows = board.GetProperty("standings").EnumerateArray().ToList();
        Assert.Equal(Repository.ReferenceCounts().Keys.Select(name => "digits-" + name).Order(StringComparer.Ordinal), rows.Select(row => row.GetProperty("entry").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(rows, row =>
        {
            Assert.InRange(row.GetProperty("rating").GetDouble(), row.GetProperty("low").GetDouble(), row.GetProperty("high").GetDouble());
            Assert.InRange(row.GetProperty("rank_low").GetInt32(), 1, row.GetProperty("rank_high").GetInt32());
            Assert.InRange(row.GetProperty("rank_high").GetInt32(), 1, rows.Count);
            var evidence = row.GetProperty("evidence");
            Assert.Equal(evidence.GetProperty("suite_samples").GetInt32(), evidence.GetProperty("samples").GetInt32());
            Assert.InRange(evidence.GetProperty("discordant").GetInt32(), 1, evidence.GetProperty("samples").GetInt32());
        });
        var ratings = rows.ConvertAll(row => row.GetProperty("rating").GetDouble());
        Assert.Equal(ratings.OrderDescending(), ratings);
    }

    [Fact]
    public async Task Board_FirstVersion_StaysAsItWas()
    {
        var first = await JsonAsync("/api/v1/leaderboards/digits?version=1");
        Assert.Equal(1, first.GetProperty("version").GetInt64());
        Assert.Equal(finished.Final.GetProperty("version").GetInt64(), first.GetProperty("newest_version").GetInt64());
    }

    [Theory]
    [InlineData("/api/v1/leaderboards/no-such-board", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/leaderboards/digits?version=999999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/no-such-thing", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/leaderboards/digits?method=tea-leaves", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/leaderboards/digits?version=newest", HttpStatusCode.BadRequest)]
    public async Task Api_WrongAddress_AnswersProblemDetails(string path, HttpStatusCode status)
    {
        using var answer = await finished.Arena.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = (await answer.Content.ReadFromJsonAsync<JsonDocument>())!;
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(problem.RootElement.GetProperty("title").GetString()));
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await finished.Arena.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var document = (await answer.Content.ReadFromJsonAsync<JsonDocument>())!;
        return document.RootElement.Clone();
    }
}
