using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Doctor;

/// <summary>Finds out whether the database answers, and of which version its tables are.</summary>
public sealed class DatabaseReader(Installation installation, IDbContextFactory<RepublicDb> databases)
{
    public async Task<DatabaseState> ReadAsync(CancellationToken ct)
    {
        if (installation.ConnectionString is null)
        {
            return installation.Problem is { } problem
                ? new DatabaseState(DatabaseCondition.Away, problem)
                : new DatabaseState(DatabaseCondition.Missing);
        }

        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            var state = Of([.. db.Database.GetMigrations()], [.. await db.Database.GetAppliedMigrationsAsync(ct)]);
            return state with { ServerVersion = db.Database.GetDbConnection().ServerVersion };
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return new DatabaseState(DatabaseCondition.Missing);
        }
        catch (ArgumentException)
        {
            // What it says may quote the string, with its password.
            return new DatabaseState(DatabaseCondition.Away, "The connection string cannot be read.");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new DatabaseState(DatabaseCondition.Away, error.FirstLine());
        }
    }

    internal static DatabaseState Of(IReadOnlyList<string> known, IReadOnlyList<string> applied) =>
        applied.Except(known).LastOrDefault() is { } unknown ? new DatabaseState(DatabaseCondition.Later, unknown)
        : applied.Count == 0 ? new DatabaseState(DatabaseCondition.Empty)
        : known.Except(applied).FirstOrDefault() is { } missing ? new DatabaseState(DatabaseCondition.Behind, missing)
        : new DatabaseState(DatabaseCondition.Ready);
}
