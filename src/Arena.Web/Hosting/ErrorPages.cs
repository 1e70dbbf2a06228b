namespace Arena.Web.Hosting;

/// <summary>What is sent when something goes wrong: ProblemDetails to programs, a page to people.</summary>
internal static class ErrorPages
{
    private static readonly string[] MachinePaths = ["/api", "/worker", "/hubs", "/battles", "/ballots", "/openapi"];

    public static void AddErrorPages(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.TryAdd("requestId", context.HttpContext.TraceIdentifier));

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseWhen(context => IsForMachines(context.Request.Path), branch =>
        {
            branch.UseExceptionHandler();
            branch.UseStatusCodePages();
        });
        app.UseWhen(context => !IsForMachines(context.Request.Path), branch =>
        {
            branch.UseExceptionHandler("/error/500", createScopeForErrors: true);
            branch.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        });
    }

    internal static bool IsForMachines(PathString path) => Array.Exists(MachinePaths, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
