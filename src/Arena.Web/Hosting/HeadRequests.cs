namespace Arena.Web.Hosting;

/// <summary>
/// Razor pages are mapped for GET alone, and HEAD of them would answer 404: monitors and link checkers ask so.
/// What answers GET answers HEAD; the server leaves the body out, because it knows what was asked.
/// </summary>
internal static class HeadRequests
{
    public static void UseHeadRequests(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });
}
