using Arena.Application.Suites;
using Arena.Contracts.Suites;
using Arena.Evaluation.Suites;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Arena.Web.Suites;

/// <summary>Importing a suite over HTTP: what <c>arena suite import</c> calls.</summary>
internal static class SuiteEndpoints
{
    private const long MaximumArchiveBytes = 512L * 1024 * 1024;

    public static void MapSuites(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(SuiteImport.Path, ImportAsync).WithMetadata(new RequestSizeLimitAttribute(MaximumArchiveBytes)).DisableAntiforgery()
            .WithTags("Administration").WithSummary("Import a suite, with the operator's token").Accepts<byte[]>("application/zip");

    private static async Task<Results<Ok<SuiteImportAnswer>, UnprocessableEntity<SuiteRefusal>, ProblemHttpResult>> ImportAsync(
        HttpRequest request, OperatorToken token, IncomingFolder incoming, SuiteImporter importer, CancellationToken cancellationToken)
    {
        if (!token.Proves(request))
        {
            return TypedResults.Problem(
                $"Importing a suite needs the operator's token: {SuiteImport.TokenFileName} in the data folder, or the variable {SuiteImport.TokenVariable}.",
                statusCode: StatusCodes.Status401Unauthorized);
        }

        await using var archive = incoming.Create();
        await request.Body.CopyToAsync(archive, cancellationToken);
        archive.Position = 0;
        switch (SuiteArchive.Load(archive))
        {
            case SuiteLoad.Loaded loaded:
                var imported = await importer.ImportAsync(loaded.Suite, "operator", cancellationToken);
                return TypedResults.Ok(new SuiteImportAnswer(imported.Slug, imported.Version, imported.Created, imported.Samples, imported.RunsQueued));
            case SuiteLoad.Refused refused:
                return TypedResults.UnprocessableEntity(new SuiteRefusal([.. refused.Errors.Select(error => error.ToString())]));
            default:
                throw new InvalidOperationException("A suite is loaded or refused.");
        }
    }
}
