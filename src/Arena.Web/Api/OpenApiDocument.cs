using Arena.Web.Accounts;
using Arena.Web.Voting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Arena.Web.Api;

/// <summary>The description of <c>/api/v1</c> for programs, at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiDocument
{
    public const string Path = "/openapi/v1.json";

    private const string Scheme = "token";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.OrdinalIgnoreCase) == true;
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(AskForToken);
        options.AddSchemaTransformer(NameAsOnTheWire);
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json");

    private static Task Describe(Microsoft.OpenApi.OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "Arena",
            Version = "v1",
            Description = "Leaderboards for everybody, and blind votes for programs with a personal token. Errors are RFC 9457 problems whose detail says what to do. The readable page is /api.",
        };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal token, made at /account/tokens." },
        };
        return Task.CompletedTask;
    }

    private static Task AskForToken(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<AuthorizationPolicy>().Any(policy => policy.AuthenticationSchemes.Contains(TokenAuthentication.Name, StringComparer.Ordinal)))
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }

        return Task.CompletedTask;
    }

    /// <summary>Properties are written in snake_case, which the host's options do not say.</summary>
    private static Task NameAsOnTheWire(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var naming = VotingEndpoints.SnakeCase.PropertyNamingPolicy!;
        if (context.JsonTypeInfo.Type.Assembly == typeof(OpenApiDocument).Assembly)
        {
            schema.Properties = schema.Properties?.ToDictionary(property => naming.ConvertName(property.Key), property => property.Value, StringComparer.Ordinal);
            schema.Required = schema.Required?.Select(naming.ConvertName).ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }
}
