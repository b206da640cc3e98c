using System.Diagnostics;

namespace Republic.Core.Data;

/// <summary>
/// The system user that PostgreSQL's programs run as. PostgreSQL refuses to run as root, so root's app gives it to <c>nobody</c>;
/// where <c>nobody</c> cannot reach the files (below a 0700 folder such as /root), a user namespace calls root <c>nobody</c> instead.
/// </summary>
internal sealed class PostgresAccount
{
    private const string Nobody = "65534";

    private PostgresAccount(string[] prefix, string? owner) => (Prefix, Owner) = (prefix, owner);

    private string[] Prefix { get; }

    /// <summary>Who must own the database's files, as <c>chown</c> takes it; null when whoever makes them owns them.</summary>
    private string? Owner { get; }

    public static async Task<PostgresAccount> ChooseAsync(PostgresBinaries binaries, string folder, CancellationToken ct)
    {
        var self = new PostgresAccount([], null);
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return self;
        }

        PostgresAccount[] candidates =
        [
            new(["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"], $"{Nobody}:{Nobody}"),
            new(["unshare", "-U", $"--map-user={Nobody}", $"--map-group={Nobody}", "--"], "0:0"),
        ];
        foreach (var candidate in candidates)
        {
            if (await candidate.CanUseAsync(binaries, folder, ct))
            {
                return candidate;
            }
        }

        throw new StartupRefusedException(
            "PostgreSQL does not run as root, and neither setpriv nor unshare could give it another user here. "
                + "Start Republic as an ordinary user, or set ConnectionStrings__Db to a PostgreSQL of your own."
        );
    }

    public async Task GiveAsync(string path, CancellationToken ct)
    {
        if (Owner is not null)
        {
            var (exit, output) = await ExecuteAsync("chown", ["-R", Owner, path], ct);
            if (exit != 0)
            {
                throw new StartupRefusedException($"The owner of {path} cannot be set: {output}");
            }
        }
    }

    public Task<(int Exit, string Output)> RunAsync(string program, string[] arguments, CancellationToken ct) =>
        Prefix is [var first, .. var rest]
            ? ExecuteAsync(first, [.. rest, program, .. arguments], ct)
            : ExecuteAsync(program, arguments, ct);

    private async Task<bool> CanUseAsync(PostgresBinaries binaries, string folder, CancellationToken ct)
    {
        try
        {
            return (await RunAsync(binaries.Postgres, ["--version"], ct)).Exit == 0
                && (await RunAsync("test", ["-x", folder], ct)).Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such tool here
        }
    }

    private static async Task<(int Exit, string Output)> ExecuteAsync(string program, string[] arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory),
        };
        KeepOnlyWhatPostgresNeeds(start.Environment);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, ((await output) + (await errors)).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The app's environment can hold the master key and API keys; the server keeps its environment as long as it lives.</summary>
    private static void KeepOnlyWhatPostgresNeeds(IDictionary<string, string?> environment)
    {
        string[] needed = ["PATH", "SystemRoot", "SystemDrive", "TEMP", "TMP"];
        foreach (var name in environment.Keys.Except(needed, StringComparer.OrdinalIgnoreCase).ToList())
        {
            environment.Remove(name);
        }

        environment["LC_ALL"] = "C";
    }
}
