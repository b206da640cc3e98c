using System.Diagnostics;
using Republic.Core;
using Republic.Core.Security;
using Republic.Core.Security.Rotation;

namespace Republic.Bench;

/// <summary>
/// Each run of the command is killed (-9) while it stands at a chosen row, held by a lock, and another run goes on. After every kill each
/// secret is opened with the keys that lie in the folder then.
/// </summary>
internal sealed class Campaign(Ring ring, string app)
{
    private int opened;
    private int misplaced;

    public async Task<bool> RunAsync(int kills, int seed)
    {
        var started = Stopwatch.GetTimestamp();
        var old = ring.Keys().Current.Version;
        var rows = Enumerable.Range(0, ring.Ids.Count).ToArray();
        new SeededRandom((ulong)seed).Shuffle(rows.AsSpan());
        foreach (var row in rows.Take(kills).Order())
        {
            await KillAtAsync(row, old);
        }

        using var last = Start();
        var (output, error) = (last.StandardOutput.ReadToEndAsync(), last.StandardError.ReadToEndAsync());
        await last.WaitForExitAsync();
        var versions = await OpenAsync();
        var isDone =
            last.ExitCode == 0 && versions.Count == 1 && versions.ContainsKey(ring.Keys().Current.Version) && !versions.ContainsKey(old);
        var finished = await ring.Rotation().FinishAsync(new LaterTime(), CancellationToken.None);
        await OpenAsync();
        if (!isDone || !finished.Ok)
        {
            Console.WriteLine($"{await output}{await error}{finished.Failure?.Message}");
        }

        var isKeyGone = finished.Ok && ring.Keys().Earlier.Count == 0;
        Console.WriteLine(
            $"""
            `bench/keys/run {kills} {seed} {ring.Ids.Count}`: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.

            | what | |
            | --- | --- |
            | rows, each with a secret | {ring.Ids.Count} |
            | runs killed (-9) at a row | {kills} |
            | secrets opened after kills, and at the end | {opened} |
            | secrets that could not be opened, or held something else | {ring.Lost} |
            | kills after which another number of rows was done than those before the row | {misplaced} |
            | the last run finished, and every row is under the new key | {(isDone ? "yes" : "no")} |
            | the old key could be removed, and every secret opens without it | {(isKeyGone ? "yes" : "no")} |
            """
        );
        return ring.Lost == 0 && misplaced == 0 && isDone && isKeyGone;
    }

    private async Task KillAtAsync(int row, uint old)
    {
        await using (await ring.HoldAsync(ring.Ids[row]))
        {
            using var command = Start();
            while (!await ring.SomebodyWaitsAsync())
            {
                if (command.HasExited)
                {
                    throw new InvalidOperationException($"It ended before row {row}. {await command.StandardError.ReadToEndAsync()}");
                }

                await Task.Delay(20);
            }

            command.Kill();
            await command.WaitForExitAsync();
            await OpenAsync();
        }

        // What the killed one had asked for last is still done by the server.
        while (await ring.SomebodyWaitsAsync())
        {
            await Task.Delay(20);
        }

        // That one row may be done or not.
        var left = (await OpenAsync()).GetValueOrDefault(old);
        misplaced += left == ring.Ids.Count - row || left == ring.Ids.Count - row - 1 ? 0 : 1;
    }

    private async Task<Dictionary<uint, int>> OpenAsync()
    {
        var versions = await ring.OpenAllAsync();
        opened += versions.Values.Sum();
        return versions;
    }

    private Process Start()
    {
        string[] arguments = [app, "keys", "rotate", $"--ConnectionStrings:Db={ring.ConnectionString};Pooling=false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = ring.Folder.Root,
        };
        start.Environment["REPUBLIC_DATA"] = ring.Folder.Root;
        return Process.Start(start)!;
    }

    /// <summary>The old key stays for a minute after the last value is under the new one.</summary>
    private sealed class LaterTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromMinutes(2);
    }
}
