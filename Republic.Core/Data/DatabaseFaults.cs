using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Republic.Core.Data;

/// <summary>Tells a database that is away for a while from one that refuses what it is given.</summary>
public static class DatabaseFaults
{
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>
    /// Whether the database cannot be reached or has no room just now, so that the same write may go through later. It is not
    /// away when it answered and refused what it was given: that write will be refused for ever.
    /// </summary>
    internal static bool IsTransient(Exception error) =>
        error switch
        {
            PostgresException refused => IsTransient(refused.SqlState),
            NpgsqlException or TimeoutException or IOException or SocketException => true,
            DbUpdateException or InvalidOperationException => error.InnerException is { } cause && IsTransient(cause),
            _ => false,
        };

    /// <summary>As <see cref="IsTransient(Exception)"/>, for code that also touches files and networks of other kinds.</summary>
    public static bool IsDatabaseAway(Exception error) =>
        IsTransient(error) && (error is NpgsqlException || error.InnerException is NpgsqlException);

    private static bool IsTransient(string state) =>
        // Connections and resources (08, 53), transactions that lost to another (40), locks, and servers that start, stop or only read.
        state[..2] is "08" or "53" or "40"
        || state
            is PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.QueryCanceled
                or IdleInTransactionTimeout
                or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.ReadOnlySqlTransaction;
}
