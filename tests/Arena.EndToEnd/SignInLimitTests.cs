using System.Net;
using System.Text.RegularExpressions;
using Arena.EndToEnd.Support;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>Somebody who tries passwords.</summary>
[Collection(FinishedArena.Collection)]
public sealed partial class SignInLimitTests(FinishedArena finished)
{
    // the default of Arena:RateLimits:SignInsPerMinute
    private const int Limit = 10;

    [Fact]
    public async Task SignIn_MoreOftenThanAllowed_IsRefusedForAWhileAndReadingGoesOn()
    {
        using var client = new HttpClient { BaseAddress = finished.Arena.Address };
        var form = await client.GetStringAsync(new Uri("/account/login", UriKind.Relative));
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "login",
            ["__RequestVerificationToken"] = TokenPattern().Match(form).Groups["token"].Value,
            ["Input.Email"] = "nobody@example.org",
            ["Input.Password"] = "one of many guesses",
        };

        HttpResponseMessage? refused = null;
        for (var attempt = 0; attempt <= Limit && refused is null; attempt++)
        {
            using var content = new FormUrlEncodedContent(fields);
            var answer = await client.PostAsync(new Uri("/account/login", UriKind.Relative), content);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Assert.Contains("E-mail or password is wrong", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                answer.Dispose();
                continue;
            }

            refused = answer;
        }

        Assert.NotNull(refused);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Contains("<h1", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal); // a page for people
        refused.Dispose();
        using var reading = await client.GetAsync(new Uri("/account/login", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, reading.StatusCode);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenPattern();
}
