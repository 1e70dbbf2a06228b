using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Microsoft.AspNetCore.DataProtection;

namespace Arena.Web.Voting;

/// <summary>
/// Knows a voter again: by the account, or by a signed random number in a cookie. The cookie is given by the GET of a voting page
/// and by nothing else, holds nothing but that number, and no script can read it.
/// </summary>
internal sealed class VoterCookie(IDataProtectionProvider protection)
{
    public const string Name = "arena-voter";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly IDataProtector protector = protection.CreateProtector("Arena.Voting.Voter");

    /// <summary>Who asks; null when neither an account nor a cookie says so.</summary>
    public VoterIdentity? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var account))
        {
            return new(account, VoterKind.Account);
        }

        if (context.Request.Cookies[Name] is not { } cookie)
        {
            return null;
        }

        try
        {
            var key = protector.Unprotect(Base64Url.DecodeFromChars(cookie));
            return key.Length == 16 ? new(new Guid(key), VoterKind.Visitor) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            // not ours, or from before the keys were changed: the next page gives a new one
            return null;
        }
    }

    /// <summary>Who asks, with a cookie from now on.</summary>
    public VoterIdentity ReadOrIssue(HttpContext context)
    {
        if (Read(context) is { } known)
        {
            return known;
        }

        var voter = new VoterIdentity(Guid.NewGuid(), VoterKind.Visitor);
        context.Response.Cookies.Append(Name, Base64Url.EncodeToString(protector.Protect(voter.Key.ToByteArray())), new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            MaxAge = Lifetime,
        });
        return voter;
    }

    /// <summary>Takes the cookie away.</summary>
    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name);
}
