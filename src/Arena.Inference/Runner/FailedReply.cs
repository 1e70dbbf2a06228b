namespace Arena.Inference.Runner;

/// <summary>The payload of a Failed frame.</summary>
internal sealed record FailedReply(FailedKind Kind, OnnxRuntimeErrorCode Code, string Message)
{
    private const int MaxMessage = 16_000;

    public byte[] ToFrame(uint request) => new PayloadWriter()
        .Byte((byte)Kind).Int32((int)Code).Text(Message.Length <= MaxMessage ? Message : Message[..MaxMessage] + "…")
        .ToFrame(FrameType.Failed, request);

    public static FailedReply Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var reply = new FailedReply((FailedKind)reader.Byte(), (OnnxRuntimeErrorCode)reader.Int32(), reader.Text());
        reader.End();
        return Enum.IsDefined(reply.Kind) ? reply : throw new FrameException($"A failure of kind {(int)reply.Kind} is not known.");
    }
}
