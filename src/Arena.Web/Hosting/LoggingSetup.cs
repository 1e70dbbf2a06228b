namespace Arena.Web.Hosting;

/// <summary>One line of text an event for people; one line of JSON with scopes for machines when <c>Arena:Logging:Json</c> is true. Default: text.</summary>
internal static class LoggingSetup
{
    public static void AddArenaLogging(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue("Arena:Logging:Json", defaultValue: false))
        {
            builder.Logging.AddJsonConsole(options =>
            {
                options.IncludeScopes = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "O";
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "HH:mm:ss ";
            });
        }
    }
}
