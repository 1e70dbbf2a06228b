using System.Globalization;
using System.Security.Cryptography;
using Arena.Data.Runs;
using Microsoft.AspNetCore.DataProtection;

namespace Arena.Application.Workers;

/// <summary>Addresses of files that are good for one lease and end with it.</summary>
public sealed class ArtefactLinks(IDataProtectionProvider protection, JobQueue queue)
{
    public const string Prefix = "/worker/v1/artefacts/";

    private readonly IDataProtector protector = protection.CreateProtector("Arena.Workers.ArtefactLinks.v1");

    public string Make(LeasedJob lease, string sha256)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return Prefix + protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{lease.Id}|{lease.Token}|{sha256}"));
    }

    /// <summary>Which blob a link is for.</summary>
    public async Task<ArtefactLink> OpenAsync(string link, CancellationToken cancellationToken)
    {
        string[] parts;
        try
        {
            parts = protector.Unprotect(link).Split('|');
        }
        catch (CryptographicException)
        {
            return new ArtefactLink.Forged();
        }

        var lease = await queue.FindLeaseAsync(long.Parse(parts[0], CultureInfo.InvariantCulture), Guid.Parse(parts[1]), cancellationToken);
        return lease is null ? new ArtefactLink.LeaseOver() : new ArtefactLink.Good(parts[2]);
    }
}

/// <summary>What a link to a file turned out to be.</summary>
public abstract record ArtefactLink
{
    private ArtefactLink()
    {
    }

    public sealed record Good(string Sha256) : ArtefactLink;

    /// <summary>Not made by this server.</summary>
    public sealed record Forged : ArtefactLink;

    public sealed record LeaseOver : ArtefactLink;
}
