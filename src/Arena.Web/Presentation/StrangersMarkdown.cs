using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Arena.Web.Presentation;

/// <summary>Markdown that strangers wrote, as HTML that is safe to show: HTML is text, links lead only to http and https, and pictures become their description.</summary>
internal static class StrangersMarkdown
{
    /// <summary>Of all headings: a text stands under the heading of its entry, and has no say in the page's outline.</summary>
    private const int HeadingLevel = 4;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras().UseListExtras().UseTaskLists().Build();

    public static string ToHtml(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage || !IsWeb(link.Url))
            {
                link.ReplaceBy(new LiteralInline(TextOf(link)), copyChildren: false);
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(link => link.IsEmail || !IsWeb(link.Url)).ToList())
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = HeadingLevel;
        }

        foreach (var code in document.Descendants<CodeBlock>())
        {
            code.GetAttributes().AddProperty("tabindex", "0"); // long lines are scrolled by keyboard too
        }

        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        renderer.Render(document);
        return html.ToString();
    }

    private static bool IsWeb(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static string TextOf(ContainerInline link) => string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
}
