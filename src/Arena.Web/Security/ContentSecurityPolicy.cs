using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Security;

/// <summary>
/// What a page may load. The one inline script is the import map, allowed by its hash: a nonce would be frozen into cached pages.
/// </summary>
internal static class ContentSecurityPolicy
{
    private static readonly ConditionalWeakTable<ImportMapDefinition, string> Policies = [];

    private static readonly string WithoutImportMap = Write("");

    public static string For(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<ImportMapDefinition>() is { } map ? Policies.GetValue(map, static map => Write(Hash(map.ToString()))) : WithoutImportMap;

    private static string Hash(string script) => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static string Write(string hash) => string.Join("; ",
        "default-src 'self'",
        "script-src 'self'" + hash,
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'");
}
