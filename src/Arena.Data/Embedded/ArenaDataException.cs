namespace Arena.Data.Embedded;

/// <summary>Something about Arena's data or its PostgreSQL that a person can mend. The message is for that person: print it alone.</summary>
public sealed class ArenaDataException : Exception
{
    public ArenaDataException()
    {
    }

    public ArenaDataException(string message) : base(message)
    {
    }

    public ArenaDataException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
