using System.Diagnostics;
using System.Security.Cryptography;

namespace Republic.Bench;

/// <summary>A large file over loopback, in turns: by us, which hashes it and waits for the disk, by curl, and by curl and sha256sum.</summary>
internal sealed class Speed(string folder, long bytes)
{
    private const int BlockBytes = 32_000_000;
    private readonly string path = Path.Combine(folder, "large.part");

    public async Task RunAsync(int rounds)
    {
        var file = Path.Combine(folder, "large");
        await WriteAsync(file);
        await using var source = new Source { Bytes = bytes, Path = file };
        using var worker = new WorkerProcess(isBrisk: false);
        // A server that has run for a while has compiled all of this.
        await OursAsync(worker, source);
        List<WorkerLine> ours = [];
        List<double> curl = [];
        List<double> both = [];
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await OursAsync(worker, source));
            curl.Add(await ShellAsync($"curl -sf -o {path} {source.Url}"));
            both.Add(await ShellAsync($"curl -sf -o {path} {source.Url} && sha256sum {path} >{path}.sum"));
        }

        Print(ours, curl, both);
    }

    private async Task WriteAsync(string file)
    {
        var block = new byte[BlockBytes];
        await using var stream = File.Create(file);
        for (var left = bytes; left > 0; left -= Math.Min(left, BlockBytes))
        {
            RandomNumberGenerator.Fill(block);
            await stream.WriteAsync(block.AsMemory(0, (int)Math.Min(left, BlockBytes)));
        }
    }

    private async Task<WorkerLine> OursAsync(WorkerProcess worker, Source source)
    {
        File.Delete(path);
        var line = await worker.DownloadAsync(source.Url, path, bytes, source.ETag);
        return line is { IsWhole: true } ? line : throw new InvalidOperationException(line?.Message ?? "The worker ended.");
    }

    private async Task<double> ShellAsync(string command)
    {
        File.Delete(path);
        var started = Stopwatch.GetTimestamp();
        using var shell = Process.Start("sh", ["-c", command]);
        await shell.WaitForExitAsync();
        return shell.ExitCode == 0
            ? Stopwatch.GetElapsedTime(started).TotalSeconds
            : throw new InvalidOperationException($"It failed: {command}");
    }

    private void Print(List<WorkerLine> ours, List<double> curl, List<double> both)
    {
        var seconds = ours.ConvertAll(line => line.Seconds);
        Console.WriteLine($"{bytes / 1_000_000} MB, {ours.Count} rounds, medians.\n");
        Console.WriteLine("| | MB a second | ours, as a part of it | pairs |");
        Console.WriteLine("| --- | --- | --- | --- |");
        Console.WriteLine($"| ours: download, SHA-256 | {Rate(seconds):0} | | |");
        Row("curl, which does not hash", curl, seconds);
        Row("curl, then sha256sum", both, seconds);
        var busy = Median(ours.ConvertAll(line => line.CpuSeconds / (bytes / 1e9)));
        Console.WriteLine(
            $"\nOurs takes {busy:0.00} CPU seconds a gigabyte; its memory grew by {ours.Max(line => line.Memory) / 1024.0:0.0} MiB at most."
        );
    }

    private void Row(string name, List<double> peer, List<double> ours)
    {
        var pairs = ours.Zip(peer, (mine, other) => other / mine).Order().ToList();
        Console.WriteLine($"| {name} | {Rate(peer):0} | {Median(peer) / Median(ours):0.00} | {pairs[0]:0.00} to {pairs[^1]:0.00} |");
    }

    private double Rate(List<double> seconds) => bytes / 1e6 / Median(seconds);

    private static double Median(List<double> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
}
