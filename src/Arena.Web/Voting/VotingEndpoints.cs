using System.Globalization;
using System.Text.Json;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Arena.Web.Voting;

/// <summary>What the voting page asks for: battles, their media, and a place for ballots. For browsers of this site; programs use <c>/api/v1</c>.</summary>
internal static class VotingEndpoints
{
    internal static readonly JsonSerializerOptions SnakeCase = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly JsonSerializerOptions Readable = new(SnakeCase) { WriteIndented = true, Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    public static void AddVotingPages(this IServiceCollection services)
    {
        services.AddSingleton<VoterCookie>();
        services.AddSingleton<BattleMedia>();
    }

    public static void MapVoting(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/arenas/{slug}/battles", DrawAsync).DisableAntiforgery().AddEndpointFilter(FromThisSite);
        endpoints.MapPost("/ballots", CastAsync).DisableAntiforgery().AddEndpointFilter(FromThisSite);
        endpoints.MapGet("/my/votes.json", ExportAsync);
        endpoints.MapGet("/battles/{token}/slots/{slot:int}", (string token, int slot, BattleSeal seal, ArenaCatalog arenas, BattleMedia media, HttpResponse response, CancellationToken cancellationToken) =>
            ShowAsync(token, slot, seal, arenas, media.OutputAsync, response, cancellationToken));
        endpoints.MapGet("/battles/{token}/inputs/{slot:int}", (string token, int slot, BattleSeal seal, ArenaCatalog arenas, BattleMedia media, HttpResponse response, CancellationToken cancellationToken) =>
            ShowAsync(token, slot, seal, arenas, media.InputAsync, response, cancellationToken));
    }

    /// <summary>The answer to a draw that gave no battle.</summary>
    internal static ProblemHttpResult Problem(DrawResult result, HttpResponse response) => result switch
    {
        DrawResult.NoArena => TypedResults.Problem("There is no arena of that name.", statusCode: StatusCodes.Status404NotFound),
        DrawResult.NotNow notNow => TypedResults.Problem(notNow.Reason, statusCode: StatusCodes.Status409Conflict),
        DrawResult.TooMany many => Wait(many.RetryAfter, "You asked for very many battles within a minute.", response),
        _ => throw new InvalidOperationException("A draw gives a battle or a reason."),
    };

    /// <summary>The answer to a ballot, whatever became of it.</summary>
    internal static IResult Answer(CastResult result, HttpResponse response) => result switch
    {
        CastResult.Accepted accepted => TypedResults.Json(
            new CastJson(
                ReceiptJson.Of(accepted.Receipt),
                [.. accepted.Reveal.Slots.Select(slot => new RevealedJson(slot.Entry, slot.Name, slot.Version, slot.Rank, slot.Before, slot.After))],
                accepted.Repeated),
            SnakeCase),
        CastResult.Refused refused => TypedResults.Problem(
            refused.Sentence,
            statusCode: refused.Refusal switch
            {
                CastRefusal.BadToken or CastRefusal.Invalid => StatusCodes.Status422UnprocessableEntity,
                CastRefusal.NotYours => StatusCodes.Status403Forbidden,
                CastRefusal.Expired => StatusCodes.Status410Gone,
                CastRefusal.AlreadyCast or CastRefusal.Closed => StatusCodes.Status409Conflict,
                _ => throw new InvalidOperationException("A refusal without a status."),
            },
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = CodeOf(refused.Refusal) }),
        CastResult.TooMany many => Wait(many.RetryAfter, "Very many ballots came within a minute. Yours is not lost: send it again later.", response),
        CastResult.NotStored => NotStored(response),
        _ => throw new InvalidOperationException("A ballot is accepted or refused."),
    };

    private static async Task<IResult> DrawAsync(string slug, HttpContext context, VoterCookie cookies, BattleDrawer drawer, ArenaCatalog arenas, BattleMedia media, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (cookies.Read(context) is not { } voter)
        {
            return NoCookie();
        }

        var result = await drawer.DrawAsync(slug, voter, cancellationToken);
        return result is DrawResult.Drawn drawn && await arenas.FindAsync(slug, cancellationToken) is { } arena
            ? TypedResults.Json(await media.DescribeAsync(arena, drawn, cancellationToken), SnakeCase)
            : Problem(result, context.Response);
    }

    private static async Task<IResult> CastAsync(HttpContext context, VoterCookie cookies, BallotCasting casting, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (cookies.Read(context) is not { } voter)
        {
            return NoCookie();
        }

        if (await ReadAsync(context.Request, cancellationToken) is not { } ballot)
        {
            return TypedResults.Problem("That is no ballot. A ballot is JSON with the battle's token and tiers: lists of slots, best first. Load the page again.", statusCode: StatusCodes.Status400BadRequest);
        }

        var result = await casting.CastAsync(ballot.ToInput(), voter, new(BallotSource.Page, NetworkPrefix.Of(context.Connection.RemoteIpAddress)), cancellationToken);
        return Answer(result, context.Response);
    }

    private static async Task<BallotJson?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            return await request.ReadFromJsonAsync<BallotJson>(SnakeCase, cancellationToken);
        }
        catch (JsonException)
        {
            return null; // the answer says what a ballot is
        }
    }

    /// <summary>A voter's own ballots, all of them.</summary>
    private static async Task<IResult> ExportAsync(HttpContext context, VoterCookie cookies, VoterBallots ballots, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"my-ballots.json\"";
        return cookies.Read(context) is { } voter
            ? TypedResults.Json(await ballots.ListAsync(voter, int.MaxValue, cancellationToken), Readable)
            : NoCookie();
    }

    /// <summary>A picture of a battle. Nothing in the answer tells what it is called, when it was made or whether it was seen before.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> ShowAsync(
        string token,
        int slot,
        BattleSeal seal,
        ArenaCatalog arenas,
        Func<ArenaContent, DrawnBattle, int, CancellationToken, Task<byte[]?>> read,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (seal.Open(token) is not { } drawn
            || slot < 0
            || slot >= drawn.Battle.Slots.Length
            || await arenas.FindAsync(drawn.Arena, cancellationToken) is not { } arena
            || await read(arena, drawn, slot, cancellationToken) is not { } png)
        {
            return TypedResults.NotFound();
        }

        return TypedResults.Bytes(png, "image/png");
    }

    /// <summary>A page of another site can make a browser send its cookies along; the browser then says so.</summary>
    private static async ValueTask<object?> FromThisSite(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var site = context.HttpContext.Request.Headers["Sec-Fetch-Site"].ToString();
        return site is "" or "same-origin"
            ? await next(context)
            : TypedResults.Problem("Ballots are taken from this site's own pages. Programs and other sites use /api/v1 with a token.", statusCode: StatusCodes.Status403Forbidden);
    }

    private static ProblemHttpResult NoCookie() => TypedResults.Problem(
        "Your browser did not send the voting cookie. Allow cookies for this site, and load the page again.",
        statusCode: StatusCodes.Status401Unauthorized);

    private static ProblemHttpResult NotStored(HttpResponse response)
    {
        response.Headers.RetryAfter = "2";
        return TypedResults.Problem("The ballot could not be stored just now. Send the same one again: it is counted once.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static ProblemHttpResult Wait(TimeSpan wait, string sentence, HttpResponse response)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.Headers.RetryAfter = seconds;
        return TypedResults.Problem($"{sentence} Go on in {seconds} s.", statusCode: StatusCodes.Status429TooManyRequests);
    }

    private static string CodeOf(CastRefusal refusal) => refusal switch
    {
        CastRefusal.BadToken => "bad-token",
        CastRefusal.NotYours => "not-yours",
        CastRefusal.Expired => "expired",
        CastRefusal.AlreadyCast => "already-cast",
        CastRefusal.Closed => "closed",
        CastRefusal.Invalid => "invalid",
        _ => throw new InvalidOperationException("A refusal without a code."),
    };
}
