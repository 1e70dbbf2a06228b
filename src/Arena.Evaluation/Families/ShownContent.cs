namespace Arena.Evaluation.Families;

/// <summary>What a person is shown of a sample: the question, or one entry's answer. Pages render it without knowing the family.</summary>
public abstract record ShownContent
{
    private ShownContent()
    {
    }

    /// <summary>A text, in Markdown. Written by strangers: whoever renders it leaves out HTML and remote content.</summary>
    public sealed record Text(string Markdown) : ShownContent;

    /// <summary>A picture.</summary>
    /// <param name="Rgb">Row by row from the top, three bytes a pixel: width × height × 3.</param>
    public sealed record Image(int Width, int Height, ReadOnlyMemory<byte> Rgb) : ShownContent;
}
