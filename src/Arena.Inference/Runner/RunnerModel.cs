namespace Arena.Inference.Runner;

/// <summary>What a runner is asked to load.</summary>
/// <param name="Path">The model's file as the runner sees it.</param>
public sealed record RunnerModel(string Path)
{
    /// <summary>Threads that one operator may use. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The inputs that will be handed in, in this order. Default: all in the model's order.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The outputs that are wanted, in this order. Default: all in the model's order.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The most bytes that the outputs of one run may take; more is the entry's fault. Default: 256 MiB.</summary>
    public long MaxOutputBytes { get; init; } = 256L << 20;

    internal byte[] ToFrame(uint request)
    {
        var payload = new PayloadWriter().Text(Path).Int32(Threads).Int64(MaxOutputBytes);
        foreach (var names in (IReadOnlyList<string>[])[Inputs, Outputs])
        {
            payload.Int32(names.Count);
            foreach (string name in names)
                payload.Text(name);
        }

        return payload.ToFrame(FrameType.Load, request);
    }

    internal static RunnerModel Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var model = new RunnerModel(reader.Text()) { Threads = reader.Int32(), MaxOutputBytes = reader.Int64(), Inputs = Names(ref reader), Outputs = Names(ref reader) };
        reader.End();
        if (model.Threads is < 0 or > 1024)
            throw new FrameException($"{model.Threads} threads were asked for; 0 to 1024 are possible.");
        return model.MaxOutputBytes >= 0 ? model : throw new FrameException("The limit on output bytes is negative.");
    }

    private static string[] Names(ref PayloadReader reader)
    {
        string[] names = new string[reader.Count(4)];
        for (int i = 0; i < names.Length; i++)
            names[i] = reader.Text();
        return names;
    }
}
