using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>The app's own database server, without the app.</summary>
internal static class EmbeddedServer
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<EmbeddedPostgres> StartAsync(DataFolder data) => EmbeddedPostgres.StartAsync(data, NullLogger.Instance, Ct);

    public static Task<string?> AskAsync(EmbeddedPostgres postgres, string sql) => AskAsync(postgres.ConnectionString, sql);

    public static async Task<string?> AskAsync(string connectionString, string sql)
    {
        // A connection that is kept would be that of a server that was stopped since.
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Ct));
    }

    /// <summary>kill -9.</summary>
    public static async Task KillAsync(int process)
    {
        using var killed = Process.GetProcessById(process);
        killed.Kill();
        await killed.WaitForExitAsync(CancellationToken.None);
    }
}
