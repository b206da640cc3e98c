using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Republic.Core.Data;

internal static class Deadlocks
{
    private const int MostTries = 4;

    /// <summary>
    /// Does a whole transaction again that the database undid because it and another waited for each other. One order of locks
    /// (<see cref="AdvisoryLocks"/>) keeps most from it; this is for what must go through whatever somebody else keeps on doing.
    /// </summary>
    /// <param name="transaction">Begins it and commits it, and reads again what it decides by.</param>
    public static async Task<T> RetriedAsync<T>(this RepublicDb db, Func<Task<T>> transaction)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await transaction();
            }
            catch (Exception e) when (tries < MostTries && Is(e))
            {
                // What it had changed in memory was not saved.
                db.ChangeTracker.Clear();
            }
        }
    }

    private static bool Is(Exception error) =>
        error.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };
}
