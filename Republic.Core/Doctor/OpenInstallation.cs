using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core.Data;
using Republic.Core.Doctor.Examinations;

namespace Republic.Core.Doctor;

/// <summary>
/// An installation for as long as a command examines it. An embedded database that stands still is started meanwhile; where that fails the
/// installation says why.
/// </summary>
public sealed class OpenInstallation : IAsyncDisposable
{
    /// <summary>Root's own database belongs to root or to nobody.</summary>
    private static readonly string[] OwnersOfRoot = ["0", "65534"];

    private readonly EmbeddedPostgres? postgres;

    private OpenInstallation(Installation installation, EmbeddedPostgres? postgres = null) =>
        (Installation, this.postgres) = (installation, postgres);

    public Installation Installation { get; }

    /// <param name="configured">The connection string of the configuration; null for the embedded database.</param>
    public static async Task<OpenInstallation> OpenAsync(string? configured, DataFolder data, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return new OpenInstallation(new Installation { ConnectionString = configured });
        }

        // It is for a start to make a database, not for an examination.
        if (!Directory.Exists(data.Path("pg")))
        {
            return new OpenInstallation(new Installation { IsEmbedded = true });
        }

        try
        {
            RequireFiles(data.Path("pg"));
            // A server that nobody can ask would be left running.
            _ = PostgresCreation.Password(data);
            await RefuseForeignAsync(data.Path("pg"), ct);
            var started = await EmbeddedPostgres.StartAsync(data, NullLogger.Instance, ct);
            return new OpenInstallation(new Installation { IsEmbedded = true, ConnectionString = started.ConnectionString }, started);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new OpenInstallation(new Installation { IsEmbedded = true, Problem = error.Message.FirstLine() });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }

    private static void RequireFiles(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "PG_VERSION")))
        {
            throw new StartupRefusedException($"{folder} holds no database that this account can read.");
        }
    }

    /// <summary>Started by root it would belong to another account, and its own could not start it any more.</summary>
    private static async Task RefuseForeignAsync(string folder, CancellationToken ct)
    {
        if (
            Environment.IsPrivilegedProcess
            && Postmaster.Read(folder) is not { IsAlive: true }
            && await FolderOwner.OfAsync(folder, ct) is { } owner
            && !OwnersOfRoot.Contains(owner.Id)
        )
        {
            throw new StartupRefusedException(
                $"It stands still and belongs to the account {owner.Name}, which has to run this command; now root does."
            );
        }
    }
}
