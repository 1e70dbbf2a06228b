using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class StrangersMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("hello <img src=x onerror=alert(1)>", "<img")]
    [InlineData("[click](javascript:alert(1))", "javascript:")]
    [InlineData("[click](data:text/html;base64,AAAA)", "data:")]
    [InlineData("![seen](https://tracker.example/a.png)", "tracker")]
    [InlineData("<javascript:alert(1)>", "href")]
    [InlineData("[x](https://a.example \"onmouseover=alert(1)\")", " onmouseover")]
    public void ToHtml_WhatAStrangerMayNot_IsGone(string markdown, string mustNot) =>
        Assert.DoesNotContain(mustNot, StrangersMarkdown.ToHtml(markdown), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("**bold**", "<strong>bold</strong>")]
    [InlineData("`code`", "<code>code</code>")]
    [InlineData("[site](https://a.example/x)", "<a href=\"https://a.example/x\">site</a>")]
    [InlineData("![a red ball](https://tracker.example/a.png)", "a red ball")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "<table>")]
    [InlineData("1 < 2", "1 &lt; 2")]
    [InlineData("# Loud\n\n### Quiet", "<h4>Loud</h4>\n<h4>Quiet</h4>")]
    [InlineData("![a *red* ball](https://tracker.example/a.png).", "<p>a red ball.</p>")]
    [InlineData("see [here](javascript:alert(1))", "<p>see here</p>")]
    [InlineData("```\ncode\n```", "tabindex=\"0\"")]
    public void ToHtml_WhatAStrangerMay_IsThere(string markdown, string must) => Assert.Contains(must, StrangersMarkdown.ToHtml(markdown), StringComparison.Ordinal);
}
