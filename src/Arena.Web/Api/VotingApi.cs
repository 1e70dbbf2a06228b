using System.Buffers.Binary;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Arena.Application.Accounts;
using Arena.Application.Voting;
using Arena.Data.Accounts;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Arena.Web.Accounts;
using Arena.Web.Voting;
using Microsoft.AspNetCore.Mvc;

namespace Arena.Web.Api;

/// <summary>Voting for programs: the same draw, the same checks and the same writer as the page's, with a personal token instead of a cookie. A token is a voter of its own.</summary>
internal static class VotingApi
{
    private const string Problems = "application/problem+json";
    private const int LargestBallot = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new(VotingEndpoints.SnakeCase) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static void MapVotingApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1").WithTags("Voting").DisableAntiforgery();
        group.MapGet("/arenas", ListAsync).WithSummary("Arenas that are open or closed").Produces<ArenaJson[]>();
        group.MapGet("/arenas/{slug}", FindAsync).WithSummary("One arena").Produces<ArenaJson>().ProducesProblem(StatusCodes.Status404NotFound);
        Tell(group.MapPost("/arenas/{slug}/battles", DrawAsync), StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status429TooManyRequests)
            .WithSummary("Draw a battle")
            .WithDescription("Outputs to compare, blind. Pictures are at the given addresses until the battle expires.")
            .RequireAuthorization(TokenAuthentication.Policy(TokenScopes.Vote))
            .Produces<DrawnJson>();
        Tell(group.MapPost("/ballots", CastAsync), StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status410Gone, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Cast a ballot")
            .WithDescription("Answers after it is stored durably, with the receipt and who was who. The same ballot again is answered 200 and counts once.")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBallot))
            .RequireAuthorization(TokenAuthentication.Policy(TokenScopes.Vote))
            .Accepts<BallotJson>("application/json")
            .Produces<CastJson>(StatusCodes.Status201Created)
            .Produces<CastJson>();
        Tell(group.MapGet("/ballots/{id:guid}", ReadAsync), StatusCodes.Status404NotFound)
            .WithName(nameof(ReadAsync))
            .WithSummary("Read a ballot of one's own")
            .WithDescription("With the scope 'vote': those that this token cast. With 'read': also those of its owner and of the owner's other tokens.")
            .RequireAuthorization(TokenAuthentication.Policy(TokenScopes.Vote, TokenScopes.Read))
            .Produces<OwnBallotJson>();
    }

    private static RouteHandlerBuilder Tell(RouteHandlerBuilder endpoint, params int[] problems)
    {
        foreach (var status in (int[])[StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, .. problems])
        {
            endpoint.ProducesProblem(status, Problems);
        }

        return endpoint;
    }

    private static async Task<IResult> ListAsync(ArenaQueries arenas, CancellationToken cancellationToken) =>
        TypedResults.Json((await arenas.ListAsync(drafts: false, cancellationToken)).Select(ArenaJson.Of), VotingEndpoints.SnakeCase);

    private static async Task<IResult> FindAsync(string slug, ArenaQueries arenas, CancellationToken cancellationToken) =>
        await arenas.FindAsync(slug, cancellationToken) is { } arena && arena.State != ArenaState.Draft
            ? TypedResults.Json(ArenaJson.Of(arena), VotingEndpoints.SnakeCase)
            : TypedResults.Problem($"No arena is called '{slug}'. GET /api/v1/arenas lists them.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> DrawAsync(string slug, HttpContext context, BattleDrawer drawer, ArenaCatalog arenas, BattleMedia media, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var result = await drawer.DrawAsync(slug, Voter(context.User), cancellationToken);
        if (result is not DrawResult.Drawn drawn || await arenas.FindAsync(slug, cancellationToken) is not { } arena)
        {
            return VotingEndpoints.Problem(result, context.Response);
        }

        var shown = await media.DescribeAsync(arena, drawn, cancellationToken);
        return TypedResults.Json(
            new DrawnJson(
                shown.Token,
                shown.ExpiresAt,
                arena.Slug,
                arena.Question,
                arena.CrossSample ? null : Opaque(arena.Id, drawn.Battle.Battle.Samples[0]),
                shown.Input,
                shown.Slots,
                arena.Reasons,
                arena.AsksStrength,
                arena.AsksAcceptable),
            VotingEndpoints.SnakeCase);
    }

    private static async Task<IResult> CastAsync(HttpContext context, BallotCasting casting, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        BallotJson? ballot;
        try
        {
            ballot = await context.Request.ReadFromJsonAsync<BallotJson>(Strict, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return TypedResults.Problem($"The ballot cannot be read: {e.Message} Send application/json as {OpenApiDocument.Path} describes it.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (ballot is null)
        {
            return TypedResults.Problem("The ballot is null: send at least 'token' and 'tiers'.", statusCode: StatusCodes.Status400BadRequest);
        }

        var result = await casting.CastAsync(ballot.ToInput(), Voter(context.User), new(BallotSource.Api, NetworkPrefix.Of(context.Connection.RemoteIpAddress)), cancellationToken);
        if (result is CastResult.Accepted accepted)
        {
            context.Response.Headers.Location = "/api/v1/ballots/" + accepted.Receipt.Id.Value;
            context.Response.StatusCode = accepted.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        }

        return VotingEndpoints.Answer(result, context.Response);
    }

    private static async Task<IResult> ReadAsync(Guid id, HttpContext context, VoterBallots ballots, PersonalTokens tokens, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        IReadOnlyCollection<Guid> voters = [Voter(context.User).Key];
        if (context.User.HasClaim(TokenAuthentication.ScopeClaim, TokenScopes.Read))
        {
            var account = Guid.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
            voters = [account, .. await tokens.AllOfAsync(account, cancellationToken)];
        }

        return await ballots.FindAsync(voters, new BattleId(id), cancellationToken) is { } ballot
            ? TypedResults.Json(OwnBallotJson.Of(ballot), VotingEndpoints.SnakeCase)
            : TypedResults.Problem("There is no such ballot of yours. A ballot is shown to whoever cast it.", statusCode: StatusCodes.Status404NotFound);
    }

    private static VoterIdentity Voter(ClaimsPrincipal user) => new(Guid.Parse(user.FindFirstValue(TokenAuthentication.TokenClaim)!), VoterKind.Program);

    /// <summary>A name for a sample that tells nothing of it: the arena's id is known to nobody outside.</summary>
    private static string Opaque(VotingArenaId arena, int sample)
    {
        Span<byte> bytes = stackalloc byte[20];
        arena.Value.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], sample);
        return Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
    }
}
