namespace Arena.Cli.Rank.Input;

/// <summary>A stream whose first bytes were looked at and are read again.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _rest;
    private readonly byte[] _first;
    private int _at;

    public PeekedStream(Stream stream, int most)
    {
        _rest = stream;
        _first = new byte[most];
        int read = stream.ReadAtLeast(_first, most, throwOnEndOfStream: false);
        _first = _first[..read];
    }

    /// <summary>The first bytes, fewer where the stream is shorter.</summary>
    public ReadOnlySpan<byte> First => _first;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == _first.Length)
        {
            return _rest.Read(buffer);
        }

        int read = Math.Min(buffer.Length, _first.Length - _at);
        _first.AsSpan(_at, read).CopyTo(buffer);
        _at += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
