using System.CommandLine;

namespace Arena.Cli.Server;

/// <summary>The options of every command that talks to a server.</summary>
internal static class ServerOptions
{
    public static Option<Uri> Server() => new("--server")
    {
        Description = "The Arena server's address",
        DefaultValueFactory = _ => new Uri("http://localhost:5080"),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") && address.UserInfo.Length == 0)
            {
                return address;
            }

            result.AddError($"'{text}' is no address of a server. Write it as in https://arena.example.org or http://localhost:5080.");
            return null;
        },
    };

    public static Option<string?> TokenFile() => new("--token-file")
    {
        Description = "File (mode 0600) with the operator's token. Default: ARENA_TOKEN, else operator.token in the data folder (ARENA_DATA, else .arena here or in a folder above)",
    };
}
