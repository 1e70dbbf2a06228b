using System.Collections.Concurrent;
using System.Globalization;
using Arena.Application.Voting;
using Arena.Data.Ids;
using Arena.Evaluation.Families;
using Arena.Evaluation.Images;
using Arena.Web.Presentation;

namespace Arena.Web.Voting;

/// <summary>What a battle shows: addresses of pictures and rendered texts, and the pictures' bytes, all encoded by one encoder.</summary>
internal sealed class BattleMedia(BattleOutputs outputs)
{
    private const int Kept = 1000;

    private readonly ConcurrentDictionary<(RunId Run, int Sample), byte[]> encoded = new();

    /// <summary>The battle for a browser or a program.</summary>
    public async Task<BattleJson> DescribeAsync(ArenaContent arena, DrawResult.Drawn drawn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(drawn);
        var battle = drawn.Battle.Battle;
        var slots = new SlotJson[battle.Slots.Length];
        for (var slot = 0; slot < slots.Length; slot++)
        {
            var output = await outputs.OutputAsync(arena, battle.Slots[slot], battle.Samples[slot], cancellationToken);
            var input = arena.CrossSample ? await outputs.InputAsync(arena, battle.Samples[slot], cancellationToken) : null;
            slots[slot] = new(Describe(output, drawn.Token, "slots", slot), input is null ? null : Describe(input, drawn.Token, "inputs", slot));
        }

        var shared = arena.CrossSample ? null : await outputs.InputAsync(arena, battle.Samples[0], cancellationToken);
        return new(drawn.Token, drawn.ExpiresAt, shared is null ? null : Describe(shared, drawn.Token, "inputs", 0), slots);
    }

    /// <summary>The picture in a slot, as PNG; null when the slot shows none.</summary>
    public async Task<byte[]?> OutputAsync(ArenaContent arena, DrawnBattle drawn, int slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(drawn);
        var (contestant, sample) = (drawn.Battle.Slots[slot], drawn.Battle.Samples[slot]);
        var key = (arena.Contestants[contestant].Run, sample);
        if (encoded.TryGetValue(key, out var kept))
        {
            return kept;
        }

        if (await outputs.OutputAsync(arena, contestant, sample, cancellationToken) is not ShownContent.Image image)
        {
            return null;
        }

        if (encoded.Count >= Kept)
        {
            encoded.Clear();
        }

        return encoded[key] = PngWriter.Write(image.Width, image.Height, image.Rgb.Span);
    }

    /// <summary>The picture that a slot answers, as PNG; null when there is none.</summary>
    public async Task<byte[]?> InputAsync(ArenaContent arena, DrawnBattle drawn, int slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        return await outputs.InputAsync(arena, drawn.Battle.Samples[slot], cancellationToken) is ShownContent.Image image
            ? PngWriter.Write(image.Width, image.Height, image.Rgb.Span)
            : null;
    }

    private static ContentJson Describe(ShownContent content, string token, string what, int slot) => content switch
    {
        ShownContent.Image image => new("image", string.Create(CultureInfo.InvariantCulture, $"/battles/{token}/{what}/{slot}"), image.Width, image.Height, null, null),
        ShownContent.Text text => new("text", null, null, null, StrangersMarkdown.ToHtml(text.Markdown), text.Markdown),
        _ => throw new InvalidOperationException("Content is a picture or a text."),
    };
}
