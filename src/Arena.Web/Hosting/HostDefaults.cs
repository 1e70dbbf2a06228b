using Microsoft.Extensions.Configuration.Memory;

namespace Arena.Web.Hosting;

/// <summary>Settings that hold unless the operator says otherwise. They stand below every other source of configuration.</summary>
internal static class HostDefaults
{
    public static void AddDefaults(this WebApplicationBuilder builder) =>
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                // a page on another site must not reach a local Arena by pointing its own name at this machine
                ["AllowedHosts"] = "localhost;127.0.0.1;[::1]",
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                // says at each start that the keys are not encrypted: they lie in the private data folder, docs/operations.md says so
                ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
                // "Arena is ready" says it
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
                ["Logging:LogLevel:System.Net.Http"] = "Warning",
            },
        });
}
