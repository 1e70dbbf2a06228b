using Arena.Application.Voting;
using Arena.Contracts.Voting;
using Arena.Web.Suites;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Arena.Web.Voting;

/// <summary>Taking in recorded votes over HTTP: what <c>arena replay</c> calls.</summary>
internal static class ReplayEndpoints
{
    private const long LargestBatch = 64L * 1024 * 1024;

    public static void MapReplays(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(VoteReplay.Path, ReplayAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBatch)).DisableAntiforgery()
            .WithTags("Administration").WithSummary("Take in a batch of recorded votes, with the operator's token");

    private static async Task<Results<Ok<VoteReplayAnswer>, UnprocessableEntity<VoteReplayRefusal>, ProblemHttpResult>> ReplayAsync(
        HttpRequest request, OperatorToken token, VoteReplaying replaying, CancellationToken cancellationToken)
    {
        if (!token.Proves(request))
        {
            return TypedResults.Problem("Taking in votes needs the operator's token, which lies in the data folder.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var replay = await request.ReadFromJsonAsync<VoteReplay>(cancellationToken);
        return replay is null
            ? TypedResults.Problem("There is no batch in the request.", statusCode: StatusCodes.Status400BadRequest)
            : await replaying.ReplayAsync(replay, cancellationToken) switch
            {
                ReplayResult.Done done => TypedResults.Ok(done.Answer),
                ReplayResult.Refused refused => TypedResults.UnprocessableEntity(new VoteReplayRefusal(refused.Problems)),
                ReplayResult.NotStored => TypedResults.Problem("The database did not take all of the votes. Replay the same file again: nothing counts twice.", statusCode: StatusCodes.Status503ServiceUnavailable),
                var unknown => throw new InvalidOperationException($"Unknown result {unknown}."),
            };
    }
}
