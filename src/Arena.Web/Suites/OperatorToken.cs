using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Arena.Contracts.Suites;

namespace Arena.Web.Suites;

/// <summary>Proves that a request comes from somebody who may read the data folder: a secret written there at each start, mode 0600.</summary>
internal sealed class OperatorToken(string dataFolder)
{
    private readonly string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public Task WriteAsync(CancellationToken cancellationToken) =>
        Data.Embedded.PrivateFile.WriteAsync(Path.Combine(dataFolder, SuiteImport.TokenFileName), token, cancellationToken);

    public bool Proves(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Bearer.Length..].Trim()), Encoding.UTF8.GetBytes(token));
    }
}
