using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Arena.Evaluation.Suites;

/// <summary>Opens a YAML file of a suite: one document, one map, and none of what makes YAML dangerous or surprising
/// (anchors, tags, deep nesting).</summary>
internal static class YamlFile
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxDepth = 12;

    public static YamlMap? Open(string file, ReadOnlyMemory<byte> bytes, KeySet keys, ErrorList errors)
    {
        if (!StrictText.TryDecode(file, bytes, MaxBytes, errors, out var text))
        {
            return null;
        }

        return Parse(file, text, errors) is { } root ? YamlMap.Open(file, root, keys, errors) : null;
    }

    private static YamlMappingNode? Parse(string file, string text, ErrorList errors)
    {
        try
        {
            if (!IsPlain(file, text, errors))
            {
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            errors.Add(file, null, "the file must hold one YAML map of keys and values.");
        }
        catch (YamlException broken)
        {
            errors.Add(file, (int)broken.Start.Line, $"this is not YAML: {OneSentence(broken)}");
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or FormatException)
        {
            // YamlDotNet 16.3 lets these out on some broken flow lists ("[[[ x:")
            errors.Add(file, null, "this is not YAML: a bracket, brace or quote is probably not closed.");
        }

        return null;
    }

    /// <summary>Reads the events without building anything, so that nothing deep or endless is ever built.</summary>
    private static bool IsPlain(string file, string text, ErrorList errors)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        var documents = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            documents += current is DocumentStart ? 1 : 0;
            var reason = current switch
            {
                AnchorAlias or NodeEvent { Anchor.IsEmpty: false } => "anchors (&) and aliases (*) are not read; write the value out.",
                NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } => "tags (!) are not read; write the value without one.",
                _ when depth > MaxDepth => $"values are nested more than {MaxDepth} deep; the format needs no more than five.",
                _ when documents > 1 => "a second document (---) begins here; put everything into one.",
                _ => null,
            };
            if (reason is not null)
            {
                errors.Add(file, (int)current.Start.Line, reason);
                return false;
            }
        }

        return true;
    }

    private static string OneSentence(YamlException broken)
    {
        var message = broken.Message.ReplaceLineEndings(" ").Trim();
        return message.EndsWith('.') ? message : message + ".";
    }
}
