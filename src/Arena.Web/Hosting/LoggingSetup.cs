using Microsoft.Extensions.Logging.Console;

namespace Arena.Web.Hosting;

/// <summary>One line of text an event for people; one line of JSON with scopes for machines when <c>Arena:Logging:Json</c> is true. Default: text.</summary>
internal static class LoggingSetup
{
    public static void AddArenaLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddArenaConsole(builder.Configuration);
    }

    /// <summary>For what logs before the host is built, too.</summary>
    public static ILoggingBuilder AddArenaConsole(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        return configuration.GetValue("Arena:Logging:Json", defaultValue: false)
            ? logging.AddJsonConsole(options =>
            {
                options.IncludeScopes = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "O";
            })
            : logging.AddConsole(options => options.FormatterName = LineFormatter.FormatterName).AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }
}
