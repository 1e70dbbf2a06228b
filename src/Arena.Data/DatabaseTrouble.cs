using Npgsql;

namespace Arena.Data;

/// <summary>Tells trouble with the database, which passes, from mistakes of ours, which do not.</summary>
public static class DatabaseTrouble
{
    /// <summary>
    /// True for whatever Npgsql and EF throw while the server is away, starting or just gone. EF wraps what it takes for transient
    /// in an <see cref="InvalidOperationException"/>, so the causes are looked at too.
    /// </summary>
    public static bool Is(Exception exception)
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (at is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or EndOfStreamException)
            {
                return true;
            }
        }

        return false;
    }
}
